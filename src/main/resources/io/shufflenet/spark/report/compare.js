// The page of a comparison of runs, from compare.json.
const spread = difference => points(difference.low) + ' to ' + points(difference.high) + ' points';
const text = value => value;
const MOST_CHARTED_BINS = 25;

function verdict(comparison) {
  const [a, b] = [comparison.reference, comparison.run];
  switch (comparison.verdict) {
    case 'better': return b + ' is better than ' + a;
    case 'worse': return b + ' is worse than ' + a;
    case 'undecided': return a + ' and ' + b + ' cannot be told apart';
    default: return 'No accuracy to compare';
  }
}

function headline(comparison) {
  const paired = comparison.paired;
  const difference = comparison.difference;
  page.append(element('h2', {}, verdict(comparison)));
  page.append(element('div', {class: 'headline'},
      difference === null ? null
          : card('Top-1 accuracy, ' + comparison.run + ' − ' + comparison.reference, points(difference.difference),
              small(spread(difference) + ', 95 %')),
      paired === null || paired.top1 === null ? null
          : card('p, McNemar’s exact test', pValue(paired.top1.p_value),
              small(whole(paired.top1.gained) + ' gained, ' + whole(paired.top1.lost) + ' lost')),
      paired === null || paired.top5 === null ? null
          : card('Top-5 accuracy, ' + comparison.run + ' − ' + comparison.reference, points(paired.top5.difference.difference),
              small(spread(paired.top5.difference) + ', p ' + pValue(paired.top5.p_value))),
      paired === null || paired.agreement === null ? null
          : card('Same prediction', percent(paired.agreement), small('of ' + images(paired.images.predicted)))));
  if (paired === null) {
    page.append(remark('Unpaired: each run’s accuracy is of its own images.'));
    return;
  }
  page.append(remark('Accuracies are of ' + images(paired.images.compared)
      + ' with the same label and a prediction in both runs, of ' + whole(paired.images.common) + ' in common.'));
  leftOut(paired.images, comparison);
}

function small(said) {
  return element('div', {class: 'small soft'}, said);
}

function leftOut(counts, comparison) {
  const [a, b] = [comparison.reference, comparison.run];
  const kinds = [
    ['only in ' + a, counts.only_a, counts.example_only_a], ['only in ' + b, counts.only_b, counts.example_only_b],
    ['failed in ' + a + ' alone', counts.failed_a, null], ['failed in ' + b + ' alone', counts.failed_b, null],
    ['failed in both', counts.failed_both, null], ['without a label in both', counts.unlabelled, null],
    ['with another label in each', counts.labels_differ, counts.example_labels_differ]].filter(kind => kind[1] > 0);
  if (kinds.length > 0) {
    page.append(table([['left out', true], ['images'], ['first', true]],
        kinds.map(([why, count, example]) => [why, whole(count), example === null ? '' : example])));
  }
}

function runs() {
  section('Runs', table(
      [['run', true], ['images'], ['failed'], ['top-1'], ['95 % interval'], ['top-5'], ['NLL'], ['ECE'],
        ['difference'], ['p'], ['same prediction']],
      data.runs.map((run, number) => {
        const comparison = number === 0 ? null : data.comparisons[number - 1];
        const paired = comparison === null ? null : comparison.paired;
        return [run.run, whole(run.images.images), whole(run.images.failed),
          run.top1 === null ? '–' : percent(run.top1.accuracy), run.top1 === null ? '–' : range(run.top1.low, run.top1.high),
          run.top5 === null ? '–' : percent(run.top5.accuracy), decimal(run.nll), decimal(run.ece),
          comparison === null || comparison.difference === null ? '–' : points(comparison.difference.difference),
          paired === null || paired.top1 === null ? '–' : pValue(paired.top1.p_value),
          paired === null ? '–' : percent(paired.agreement)];
      })));
}

function classes(comparison) {
  if (comparison.paired !== null && comparison.paired.per_class.length > 0) {
    section(heading('Classes', comparison), sortableTable([
      ['class', 'name', text], ['images', 'support', whole], ['recall ' + comparison.reference, 'recall_a', percent],
      ['recall ' + comparison.run, 'recall_b', percent], ['difference', 'difference', points],
      ['gained', 'gained', whole], ['lost', 'lost', whole]],
    comparison.paired.per_class, 'name', 'difference', 'Filter classes by name'));
  }
  const only = [[comparison.reference, comparison.classes_only_a], [comparison.run, comparison.classes_only_b]];
  only.filter(([run, names]) => names.length > 0).forEach(([run, names]) => page.append(remark(
      'Classes that only ' + run + ' has: ' + names.slice(0, 20).join(', ')
      + (names.length > 20 ? ' and ' + whole(names.length - 20) + ' more' : ''))));
}

function slices(comparison) {
  if (comparison.paired === null || comparison.paired.slices.length === 0) {
    return;
  }
  const rows = comparison.paired.slices.map(slice => ({
    slice: slice.column + ' = ' + (slice.value === null ? '(none)' : slice.value), support: slice.top1.a.images,
    a: slice.top1.a.accuracy, b: slice.top1.b.accuracy, difference: slice.top1.difference.difference,
    interval: spread(slice.top1.difference), gained: slice.top1.gained, lost: slice.top1.lost, p: slice.top1.p_value,
    holm: slice.holm}));
  section(heading('Slices', comparison),
      remark('Many slices are many tests: one in 20 has p below 0.05 by chance. Holm’s p allows for that.'),
      sortableTable([['slice', 'slice', text], ['images', 'support', whole], [comparison.reference, 'a', percent],
        [comparison.run, 'b', percent], ['difference', 'difference', points],
        ['95 % interval', 'interval', text], ['gained', 'gained', whole], ['lost', 'lost', whole], ['p', 'p', pValue],
        ['p, Holm', 'holm', pValue]], rows, 'slice', 'difference', 'Filter slices'));
}

const READINGS = {unknown: 'not measurable', none: 'none', chance: 'may be chance', little: 'little', some: 'some', much: 'much'};

function drift(comparison) {
  const features = comparison.drift.features;
  section(heading('Drift', comparison),
      remark('How differently the runs are made up: the population stability index, 0 where they are alike. Read it only'
          + ' beyond what chance makes; 0.1 is usually called some, 0.25 much.'),
      table([['feature', true], ['PSI'], ['by chance up to'], ['reading', true]], features.map(feature =>
        [feature.feature, decimal(feature.psi), decimal(feature.chance), READINGS[feature.reading]])),
      element('div', {class: 'columns'},
          ...features.filter(feature => feature.bins.length > 1).map(feature => bars(feature, comparison))));
}

// Where there are too many bins for a chart, those that changed most.
function bars(feature, comparison) {
  const bins = feature.bins.slice(0, MOST_CHARTED_BINS).sort((one, other) => one.position - other.position);
  const few = bins.length < feature.bins.length;
  const bar = (name, key, shade) => ({name: name, type: 'bar', itemStyle: {color: colour(shade)}, data: bins.map(bin => bin[key])});
  return element('div', {},
      element('h3', {class: 'small'}, feature.feature + (few ? ', the ' + bins.length + ' bins that changed most' : '')),
      chart('Shares of ' + feature.feature + ' in ' + comparison.reference + ' and ' + comparison.run, () => ({
        grid: {left: 60, right: 16, top: 32, bottom: 80},
        legend: {top: 0, textStyle: {color: colour('--ink')}},
        tooltip: {trigger: 'axis', renderMode: 'richText', valueFormatter: percent},
        xAxis: {type: 'category', data: bins.map(bin => bin.bin),
          axisLabel: {color: colour('--soft'), rotate: 40, width: 90, overflow: 'truncate'}},
        yAxis: axis('', {max: null}),
        series: [bar(comparison.reference, 'share_a', '--soft'), bar(comparison.run, 'share_b', '--good')]
      })));
}

function examples(comparison) {
  if (comparison.paired === null || comparison.paired.examples.length === 0) {
    return;
  }
  section(heading('Images that changed, examples', comparison),
      remark('The first of each kind by path; the table changed has them all.'),
      table([['change', true], ['image', true], ['label', true], [comparison.reference, true], ['probability'],
        [comparison.run, true], ['probability']],
      comparison.paired.examples.map(image => [image.change, image.relative_path, image.label === null ? '–' : image.label,
        image.predicted_a, percent(image.probability_a), image.predicted_b, percent(image.probability_b)])));
}

function provenance() {
  const names = Object.keys(data.runs[0].provenance);
  const differs = new Set(data.comparisons.flatMap(comparison => comparison.differs_in));
  section('Provenance',
      remark('≠ marks what made the predictions and is not the same in all runs.'),
      table([['', true], ['', true], ...data.runs.map(run => [run.run, true])],
          names.map(name => [name.replaceAll('_', ' '), differs.has(name) ? '≠' : '',
            ...data.runs.map(run => run.provenance[name] === null ? '–' : String(run.provenance[name]))])));
}

// With two runs there is nothing to tell apart.
function heading(title, comparison) {
  return data.comparisons.length === 1 ? title : title + ': ' + comparison.run + ' against ' + comparison.reference;
}

header('Comparison of ' + data.runs.length + ' runs',
    ...data.runs.map(run => element('p', {class: 'soft'}, run.run + ': ' + run.output)));
if (data.comparisons.length === 1) {
  headline(data.comparisons[0]);
}
gates();
runs();
for (const comparison of data.comparisons) {
  if (data.comparisons.length > 1) {
    headline(comparison);
  }
  classes(comparison);
  slices(comparison);
  drift(comparison);
  examples(comparison);
}
provenance();
drawCharts();
