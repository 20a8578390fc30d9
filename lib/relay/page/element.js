// Elements of the page, made of attributes and text only: nothing that came is ever read as HTML.
import {say} from './language.js';

// An attribute whose name begins with "on" is a function. Children may be nested in arrays; what is
// false or empty is left out.
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

export function present(children) {
  return children.flat(Infinity).filter(Boolean);
}

// A heading, and the words of the same key with "_how".
export function note(key, values) {
  return [h('h1', {}, say(key, values)), h('p', {}, say(`${key}_how`, values))];
}

export function button(id, onclick, words = say(id), attributes = {}) {
  return h('button', {id, onclick, ...attributes}, words);
}

export function field(id, label, attributes) {
  return [h('label', {for: id}, say(label)), h('input', {id, required: '', ...attributes})];
}

// Fields and a button. `submit` gets the fields' values.
export function form(id, fields, submit, send = 'send') {
  const onsubmit = ({target}) => {
    submit(...[...target.querySelectorAll('input')].map(({value}) => value));
    return false;  // the page stays
  };
  return h('form', {onsubmit}, fields, h('button', {id: `send-${id}`}, say(send)));
}
