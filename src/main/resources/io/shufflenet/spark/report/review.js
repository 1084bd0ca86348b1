// The page of images that are worth a person's look, from the tables of the review queue.
header('Review queue',
    element('p', {class: 'soft'}, data.provenance.input),
    remark('run ' + data.provenance.run_id + ', begun ' + data.provenance.started_at));

function queue(shown, needed, caption) {
  if (shown === null) {
    return element('p', {}, 'Not known: the predictions do not tell ' + needed + '.');
  }
  return shown.length === 0 ? element('p', {}, 'None.') : gallery(shown, caption);
}

section('Suspected label errors',
    remark('The network takes them for another class than their label, and is as sure of it as of images with that class’s label'
        + ' (confident learning: Northcutt, Jiang and Chuang, 2021). The least probable labels come first. The table'
        + ' review/label_errors holds them all; here are its first hundred.'),
    queue(data.label_errors, 'the label’s probability, as scores give it', image => [
      element('div', {}, 'label ' + image.label + ', ' + percent(image.label_probability)),
      element('div', {class: 'soft'}, 'predicted ' + image.predicted + ', ' + percent(image.probability))]));

section('Most worth labelling',
    remark('The two most probable classes lie closest together (margin sampling: Scheffer and others, 2001). The table'
        + ' review/least_margin holds them all; here are its first hundred.'),
    queue(data.least_margin, 'the second class, as top-k tells it', image => [
      element('div', {}, image.predicted + ', ' + percent(image.probability)),
      element('div', {}, 'or ' + image.second + ', ' + percent(image.second_probability)),
      element('div', {class: 'soft'}, image.label === null ? 'no label' : 'label ' + image.label)]));
