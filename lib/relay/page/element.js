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
  return [h('h1', {}, say(key)), h('p', {}, say(`${key}_how`, values))];
}

export function button(id, onclick, words = say(id), attributes = {}) {
  return h('button', {id, onclick, ...attributes}, words);
}

// One labelled field and a button. `submit` gets the field's value.
export function form(id, label, attributes, submit, send = 'send') {
  const onsubmit = ({target}) => {
    submit(target[id].value);
    return false;  // the page stays
  };
  return h('form', {onsubmit},
    h('label', {for: id}, say(label)),
    h('input', {id, required: '', ...attributes}),
    h('button', {id: `send-${id}`}, say(send)));
}
