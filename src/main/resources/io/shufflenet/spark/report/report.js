// The page of an evaluation, from report.json.
const summary = data.summary;

function accuracyCard(name, key) {
  if (summary[key] === null) {
    return null;
  }
  const low = summary[key + '_low'];
  const high = summary[key + '_high'];
  return card(name, percent(summary[key]), interval(low, high),
      element('div', {class: 'small soft'}, range(low, high) + ', error ' + percent(summary[key + '_error'])));
}

function scoreCard(name, key, about) {
  return summary[key] === null ? null
      : card(name, decimal(summary[key]), element('div', {class: 'small soft'}, about));
}

function headline() {
  const provenance = data.provenance;
  const selection = data.selection;
  header('Evaluation of ' + (provenance.architecture || 'predictions'),
      element('p', {class: 'soft'}, provenance.input || selection.predictions),
      remark('run ' + provenance.run_id + ', begun ' + provenance.started_at),
      selection.where === null ? null : element('p', {}, 'Only where: ' + selection.where),
      selection.labels === null ? null : element('p', {}, 'Labels from ' + selection.labels));
  summary.findings.forEach(finding => warning(finding.message));
  if (summary.evaluated === 0) {
    page.append(element('p', {}, summary.labelled === 0
        ? 'No accuracy: no image has a label.'
        : 'No accuracy: no labelled image has a prediction.'));
  }
  const failures = summary.labelled_failed > 0;
  page.append(element('div', {class: 'headline'},
      accuracyCard('Top-1 accuracy', 'top1'),
      baselineCard(),
      accuracyCard('Top-5 accuracy', 'top5'),
      failures ? accuracyCard('Top-1, failures as misses', 'top1_all') : null,
      failures ? accuracyCard('Top-5, failures as misses', 'top5_all') : null,
      scoreCard('Expected calibration error', 'ece', '15 bins of equal width; 0 is perfect'),
      scoreCard('Negative log-likelihood', 'nll', 'of the label, natural logarithm')));
  page.append(remark(
      'Over ' + images(summary.evaluated) + ' with a label and a prediction, of ' + images(summary.images)
      + ' and ' + whole(summary.classes) + ' classes. ' + scoring()
      + (summary.unlabelled > 0 ? images(summary.unlabelled) + ' without a label. ' : '')
      + (summary.failed > 0 ? images(summary.failed) + ' failed. ' : '')
      + (summary.evaluated > 0 && summary.macro_f1 === null ? 'Right is any of an image’s labels. ' : '')
      + 'Intervals are Wilson’s, 95 %.'));
}

/** What differs from the model's own probabilities. */
function scoring() {
  const provenance = data.provenance;
  return (provenance.scored_classes < provenance.classes
      ? 'Scored among ' + whole(provenance.scored_classes) + ' of the model’s ' + whole(provenance.classes)
          + ' classes (classes.restrict). ' : '')
      + (provenance.temperature !== null && provenance.temperature !== 1
      ? 'Probabilities at temperature ' + provenance.temperature + ' (inference.temperature). ' : '');
}

function reliability() {
  const bins = data.calibration.filter(bin => bin.count > 0);
  if (bins.length === 0) {
    return;
  }
  section('Calibration',
      remark('How often the prediction is right, by how sure the network was. On the line, a probability of 80 % is right'
          + ' 80 times in 100; below it, the network is too sure of itself.'),
      element('div', {class: 'columns'}, reliabilityChart(bins), binTable(bins)));
}

function reliabilityChart(bins) {
  return chart('Reliability diagram: accuracy by top-1 probability', () => ({
    xAxis: axis('top-1 probability'),
    yAxis: axis('accuracy', {nameGap: 44}),
    tooltip: {trigger: 'item', renderMode: 'richText',
      formatter: point => point.data.length < 3 ? ''
          : percent(point.data[0]) + ' sure\n' + percent(point.data[1]) + ' right\n' + images(point.data[2])},
    series: [
      {type: 'line', data: [[0, 0], [1, 1]], symbol: 'none', silent: true,
        lineStyle: {color: colour('--soft'), type: 'dashed', width: 1}},
      {type: 'line', data: bins.map(bin => [bin.mean_confidence, bin.accuracy, bin.count]),
        symbol: 'circle', symbolSize: 8,
        lineStyle: {color: colour('--good')}, itemStyle: {color: colour('--good')}}
    ]
  }));
}

function binTable(bins) {
  return table([['probability', true], ['images'], ['mean'], ['accuracy']], bins.map(bin => [
    (100 * bin.low).toFixed(0) + ' to ' + (100 * bin.high).toFixed(0) + ' %',
    whole(bin.count), percent(bin.mean_confidence), percent(bin.accuracy)]));
}

function temperature() {
  for (const fit of data.temperature ?? []) {
    section('Temperature',
        remark('Fitted to ' + images(fit.fitted) + ', and measured on the other ' + whole(fit.held_out)
            + '. It changes how sure the network is, not what it predicts. ' + (fit.nll_after < fit.nll_before
                ? 'To apply it: inference.temperature = ' + fit.temperature
                : 'It brings no gain on images that it was not fitted to: leave the temperature as it is.')),
        table([['temperature'], ['negative log-likelihood'], ['expected calibration error']], [
          [String(fit.made_at), decimal(fit.nll_before), decimal(fit.ece_before)],
          [String(fit.temperature), decimal(fit.nll_after), decimal(fit.ece_after)]]));
  }
}

function coverage() {
  if (data.coverage.length === 0) {
    return;
  }
  section('Accuracy against coverage',
      remark('How accurate the predictions are where only those count that the network is surest of, and how many these are.'),
      element('div', {class: 'columns'}, coverageChart(data.coverage), coverageTable(data.coverage)));
}

function coverageChart(points) {
  const line = (key, type) => ({
    type: 'line', data: points.map(point => [point.coverage, point[key], point.images]), symbol: 'none', silent: type === 'dashed',
    lineStyle: {color: colour(type === 'dashed' ? '--soft' : '--good'), type: type, width: type === 'dashed' ? 1 : 2},
    itemStyle: {color: colour('--good')}
  });
  return chart('Accuracy against coverage', () => ({
    xAxis: axis('coverage'),
    yAxis: axis('accuracy', {nameGap: 44}),
    tooltip: {trigger: 'axis', renderMode: 'richText',
      formatter: lines => percent(lines[0].data[1]) + ' of ' + images(lines[0].data[2]) + ' right\n'
          + percent(lines[0].data[0]) + ' kept'},
    series: [line('accuracy', 'solid'), line('low', 'dashed'), line('high', 'dashed')]
  }));
}

function coverageTable(points) {
  const told = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1].map(least => points.find(point => point.coverage >= least));
  return table([['probability above'], ['images'], ['kept'], ['accuracy'], ['95 % interval']],
      told.filter((point, i) => told.indexOf(point) === i).map(point => [
        percent(point.threshold), whole(point.images), percent(point.coverage), percent(point.accuracy),
        range(point.low, point.high)]));
}

const SLICE_COLUMNS = [
  ['#', 'place', whole], ['slice', 'slice', value => value], ['images', 'evaluated', whole], ['failed', 'failed', whole],
  ['top-1', 'top1', percent], ['95 % interval', 'top1_low', (low, row) => low === null ? '–' : range(low, row.top1_high)],
  ['top-5', 'top5', percent], ['macro F1', 'macro_f1', decimal], ['NLL', 'nll', decimal], ['ECE', 'ece', decimal],
  ['', 'remark', value => value]];

function slices() {
  if (data.slices.length === 0) {
    return;
  }
  const rows = data.slices.map((slice, i) => Object.assign({
    place: i + 1, slice: slice.column + (slice.value === null ? ' is null' : ' = ' + slice.value),
    remark: slice.supported ? '' : 'few images'}, slice));
  section('Slices',
      remark('The same for each value of a column, the least accurate first. Of few images little can be said: these stand last.'),
      sortableTable(SLICE_COLUMNS, rows, 'slice', 'place', 'Filter slices by name'));
}

function confusion() {
  if (data.confusion !== undefined && data.confusion.length > 0) {
    section('Confusion matrix',
        remark('Rows are labels, columns predictions; shaded by share of the row.'),
        element('div', {class: 'wide'}, matrix(data.confusion)));
  }
  if (data.confused_pairs.length > 0) {
    section('Most frequent mistakes', table(
        [['label', true], ['taken for', true], ['images'], ['of the label']],
        data.confused_pairs.map(pair => [pair.label, pair.predicted, whole(pair.count), percent(pair.share)])));
  }
}

function matrix(cells) {
  const count = new Map(cells.map(cell => [cell.label_index + ' ' + cell.predicted_index, cell.count]));
  const classes = data.per_class;
  return element('table', {class: 'confusion'},
      element('thead', {}, element('tr', {}, element('td'),
          ...classes.map(one => element('th', {scope: 'col', title: one.name}, element('span', {}, one.name))))),
      element('tbody', {}, ...classes.map(row => element('tr', {},
          element('th', {scope: 'row', class: 'text', title: row.name}, row.name),
          ...classes.map(column => cell(row, column, count.get(row.index + ' ' + column.index)))))));
}

function cell(row, column, count) {
  if (!count) {
    return element('td', {}, '');
  }
  const made = element('td', {title: row.name + ' taken for ' + column.name + ': ' + images(count)}, whole(count));
  const share = Math.round(15 + 65 * count / row.support);
  made.style.background = 'color-mix(in srgb, var(' + (row.index === column.index ? '--good' : '--bad') + ') '
      + share + '%, transparent)';
  return made;
}

const CLASS_COLUMNS = [
  ['class', 'name', value => value], ['images', 'support', whole], ['failed', 'failed', whole],
  ['predicted', 'predicted', whole], ['recall', 'recall', percent], ['precision', 'precision', percent],
  ['F1', 'f1', decimal], ['top-5 recall', 'top5_recall', percent]];

function perClass() {
  if (data.per_class.length === 0) {
    return;
  }
  section('Classes', sortableTable(CLASS_COLUMNS, data.per_class, 'name', 'recall', 'Filter classes by name'));
}

function notable() {
  if (data.mistakes.length > 0) {
    section('Most confident mistakes',
        remark('Where the network was surest and the label says otherwise. Look at them first: many a mistake is the label’s.'),
        gallery(data.mistakes, image => [
          element('div', {}, image.predicted + ', ' + percent(image.probability)),
          element('div', {class: 'soft'}, 'label ' + image.label
              + (image.label_probability === null ? '' : ', ' + percent(image.label_probability)))]));
  }
  if (data.hits.length > 0) {
    section('Least confident hits',
        remark('Right, but barely.'),
        gallery(data.hits, image => [
          element('div', {}, image.predicted + ', ' + percent(image.probability)),
          image.second === null ? null
              : element('div', {class: 'soft'}, 'or ' + image.second + ', ' + percent(image.second_probability))]));
  }
  if (data.review !== null) {
    section('More images to look at', element('p', {},
        'Suspected label errors, and the images most worth labelling: the ',
        element('a', {href: data.review}, 'review queue'), ', a page beside this one.'));
  }
}

const VERDICTS = {better: 'Better', worse: 'Worse', undecided: 'Not to be told apart', unknown: 'Nothing to compare'};

function baselineCard() {
  const baseline = data.baseline;
  if (baseline === null) {
    return null;
  }
  const difference = baseline.difference;
  const below = difference === null ? [] : [
    element('div', {class: 'small soft'}, points(difference.low) + ' to ' + points(difference.high) + ' points'
        + (baseline.p_value === null ? ', images not paired'
            : ', p ' + pValue(baseline.p_value))),
    element('div', {class: 'small soft'}, 'against run ' + baseline.run_id
        + (baseline.images === null ? '' : ', over ' + images(baseline.images) + ': ' + whole(baseline.gained) + ' gained, '
            + whole(baseline.lost) + ' lost'))];
  return card('Top-1 against the baseline', difference === null ? VERDICTS[baseline.verdict] : points(difference.difference),
      element('div', {class: baseline.verdict === 'better' ? 'small passed' : baseline.verdict === 'worse' ? 'small failed' : 'small'},
          VERDICTS[baseline.verdict]), ...below);
}

const STEPS = ['starting', 'planning', 'listing', 'checking', 'predicting', 'publishing'];
const STAGES = ['read', 'decode', 'preprocess', 'forward', 'write', 'idle'];

function timing() {
  const timing = data.timing;
  if (timing === null) {
    return;
  }
  const seconds = value => value.toLocaleString('en', {maximumFractionDigits: 1}) + ' s';
  section('Where the time went',
      remark('Left the run’s steps by the clock, before this report was made; right what the ' + whole(timing.slots)
          + ' task slots did while predicting, summed over them.'),
      element('div', {class: 'columns'},
          table([['step', true], ['time']], STEPS.map(step => [step, seconds(timing[step])])),
          timing.stages === null ? element('div')
              : table([['stage', true], ['slots’ time']], STAGES.map(stage => [stage, seconds(timing.stages[stage])]))),
      facts([['images per second', timing.images_per_second === null ? null : decimal(timing.images_per_second)],
        ['bottleneck', timing.bottleneck]]));
}

function failures() {
  if (data.failures.length > 0) {
    section('Failures', table(
        [['stage', true], ['kind', true], ['images'], ['for example', true]],
        data.failures.map(group => [group.stage, group.kind, whole(group.count), group.examples.join('\n')])));
  }
}

function averages() {
  if (summary.macro_f1 === null) {
    return;
  }
  section('Averages and agreement',
      element('div', {class: 'columns'},
          table([['', true], ['precision'], ['recall'], ['F1']], ['macro', 'weighted'].map(mean => [mean,
            decimal(summary[mean + '_precision']), decimal(summary[mean + '_recall']), decimal(summary[mean + '_f1'])])),
          facts([['balanced accuracy', decimal(summary.balanced_accuracy)], ['Cohen’s kappa', decimal(summary.kappa)],
            ['Matthews correlation', decimal(summary.matthews)], ['Brier score', decimal(summary.brier)],
            ['classes without precision or recall', whole(summary.undefined_classes)]])));
}

function provenance() {
  const told = Object.entries(data.provenance).concat(
      Object.entries(data.selection).filter(([name]) => name !== 'notes'));
  section('Provenance', facts(told.map(([name, value]) => [name.replaceAll('_', ' '), value])),
      ...data.selection.notes.map(remark));
}

headline();
gates();
reliability();
temperature();
coverage();
slices();
confusion();
notable();
perClass();
averages();
failures();
timing();
provenance();
drawCharts();
