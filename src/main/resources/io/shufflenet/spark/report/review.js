// The page of images that are worth a person's look, from the tables of the review queue.
header('Review queue',
    element('p', {class: 'soft'}, data.provenance.input),
    remark('run ' + data.provenance.run_id + ', begun ' + data.provenance.started_at));

section('Suspected label errors',
    remark('The network takes them for another class than their label, and is as sure of it as of images with that class’s label'
        + ' (confident learning: Northcutt, Jiang and Chuang, 2021). The least probable labels come first. The table'
        + ' review/label_errors holds them all; here are its first hundred.'),
    data.label_errors.length === 0 ? element('p', {}, 'None.') : gallery(data.label_errors, image => [
      element('div', {}, 'label ' + image.label + ', ' + percent(image.label_probability)),
      element('div', {class: 'soft'}, 'predicted ' + image.predicted + ', ' + percent(image.probability))]));

section('Most worth labelling',
    remark('The two most probable classes lie closest together (margin sampling: Scheffer and others, 2001). The table'
        + ' review/least_margin holds them all; here are its first hundred.'),
    data.least_margin.length === 0 ? element('p', {}, 'None.') : gallery(data.least_margin, image => [
      element('div', {}, image.predicted + ', ' + percent(image.probability)),
      element('div', {class: 'soft'}, image.label === null ? 'no label' : 'label ' + image.label)]));
