import { HOME } from './api.js';
import { request } from './control.js';
import { element, field, write } from './dom.js';
import { targetOf } from './login-target.js';

const button = /** @type {HTMLButtonElement} */ (element('do'));

element('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    write(element('problem'), '');
    const { ok, problem } = await request('POST', 'api/login', { user: field('user').value, password: field('password').value });
    if (ok) {
        location.replace(targetOf(location.search, HOME));
        return;
    }
    button.disabled = false;
    write(element('problem'), problem);
    field('password').select();
});
