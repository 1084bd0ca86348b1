'use strict';
// What the pages of this project have in common. Each is drawn from the JSON in it, and computes nothing that it says.
const data = JSON.parse(document.getElementById('data').textContent);
const page = document.getElementById('page');

// Names and paths come from whoever named the files: they become text, never markup.
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

const whole = value => value === null ? '–' : value.toLocaleString('en');
const percent = value => value === null ? '–' : (100 * value).toFixed(2) + ' %';
const decimal = value => value === null ? '–' : value.toFixed(4);
// A difference of shares, in points of a hundred.
const points = value => value === null ? '–' : (value < 0 ? '−' : '+') + Math.abs(100 * value).toFixed(2);
const pValue = value => value === null ? '–' : value < 0.0001 ? '< 0.0001' : value.toFixed(4);
const images = count => count === 1 ? '1 image' : whole(count) + ' images';
const range = (low, high) => (100 * low).toFixed(2) + ' to ' + percent(high);

function header(title, ...lines) {
  document.title = title;
  page.append(element('header', {}, element('h1', {}, title), ...lines));
}

function remark(text) {
  return element('p', {class: 'soft small'}, text);
}

function section(title, ...children) {
  page.append(element('section', {}, element('h2', {}, title), ...children));
}

function warning(text) {
  page.append(element('div', {class: 'warning', role: 'alert'}, text));
}

function card(name, figure, ...below) {
  return element('div', {class: 'card'},
      element('div', {class: 'name'}, name), element('div', {class: 'figure'}, figure), ...below);
}

// Where an interval lies between 0 and 1.
function interval(low, high) {
  const bar = element('i');
  bar.style.left = 100 * low + '%';
  bar.style.width = 100 * (high - low) + '%';
  return element('div', {class: 'interval', 'aria-hidden': 'true'}, bar);
}

function gates() {
  if (data.gates.length > 0) {
    section('Gates', table(
        [['gate', true], ['limit'], ['measured'], ['', true], ['', true]],
        data.gates.map(gate => [gate.gate, String(gate.limit), decimal(gate.measured),
          element('span', {class: gate.passed ? 'passed' : 'failed'}, gate.passed ? 'passed' : 'failed'), gate.message])));
  }
}

function facts(pairs) {
  const list = element('dl');
  pairs.filter(([name, value]) => value !== null)
      .forEach(([name, value]) => list.append(element('dt', {}, name), element('dd', {}, String(value))));
  return list;
}

// Columns are [title, whether they hold text]; rows are arrays of cells.
function table(columns, rows) {
  return element('div', {class: 'wide'}, element('table', {},
      element('thead', {}, element('tr', {},
          ...columns.map(([name, text]) => element('th', text ? {class: 'text', scope: 'col'} : {scope: 'col'}, name)))),
      element('tbody', {}, ...rows.map(row => element('tr', {},
          ...row.map((cell, i) => element('td', columns[i][1] ? {class: 'text'} : {}, cell)))))));
}

// Columns are [title, key, format]; those of key `text` hold text, and a row is shown where it contains what is looked for.
function sortableTable(columns, rows, text, sortedBy, hint) {
  const body = element('tbody');
  const heads = columns.map(([title, key]) => {
    const button = element('button', {type: 'button'}, title);
    const head = element('th', {scope: 'col'}, button);
    if (key === text) {
      head.className = 'text';
    }
    button.addEventListener('click', () => sort(key, head));
    return head;
  });
  const filter = element('input', {type: 'search', placeholder: hint, 'aria-label': hint});
  const shown = rows.map((row, place) => ({row, place}));
  function show() {
    const wanted = filter.value.toLowerCase();
    body.replaceChildren(...shown
        .filter(({row}) => String(row[text]).toLowerCase().includes(wanted))
        .map(({row}) => element('tr', {}, ...columns.map(([title, key, format]) =>
            element('td', key === text ? {class: 'text'} : {}, format(row[key], row))))));
  }
  function sort(key, head) {
    const up = head.getAttribute('aria-sort') === 'ascending';
    heads.forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', up ? 'descending' : 'ascending');
    shown.sort((a, b) => order(a.row[key], b.row[key]) * (up ? -1 : 1) || a.place - b.place);
    show();
  }
  filter.addEventListener('input', show);
  sort(sortedBy, heads[columns.findIndex(([title, key]) => key === sortedBy)]);
  return element('div', {}, filter, element('div', {class: 'tall'},
      element('table', {}, element('thead', {}, element('tr', {}, ...heads)), body)));
}

function order(a, b) {
  if (a === null || b === null) {
    return (a === null) - (b === null);
  }
  return typeof a === 'string' ? a.localeCompare(b, 'en') : a - b;
}

// Images with their `thumbnail`, a JPEG in base 64, or null where it could not be made.
function gallery(shown, caption) {
  return element('div', {class: 'gallery'}, ...shown.map(image => element('figure', {},
      image.thumbnail === null
          ? element('div', {class: 'missing'}, 'not readable')
          : element('img', {src: 'data:image/jpeg;base64,' + image.thumbnail, alt: image.relative_path || '', loading: 'lazy'}),
      element('figcaption', {}, ...caption(image),
          element('div', {class: 'soft path'}, image.relative_path || '')))));
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const charts = [];

// A box with a chart that is drawn once it stands on the page, and again when its size or the colours change.
function chart(label, options) {
  const box = element('div', {class: 'chart', role: 'img', 'aria-label': label});
  let drawn = null;
  charts.push(() => {
    drawn = drawn || echarts.init(box, null, {renderer: 'svg'});
    drawn.resize();
    drawn.setOption(Object.assign({animation: false, grid: {left: 60, right: 16, top: 16, bottom: 48}}, options()), true);
  });
  return box;
}

// An axis of shares, 0 to 1.
function axis(name, extra) {
  return Object.assign({
    type: 'value', min: 0, max: 1, name: name, nameLocation: 'middle', nameGap: 30,
    nameTextStyle: {color: colour('--soft')},
    axisLabel: {color: colour('--soft'), formatter: value => Math.round(100 * value) + ' %'},
    splitLine: {lineStyle: {color: colour('--line')}}
  }, extra);
}

function drawCharts() {
  const draw = () => charts.forEach(redraw => redraw());
  draw();
  addEventListener('resize', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
}
