import { watchPage } from './api.js';
import { request } from './control.js';
import { element, write } from './dom.js';

/** The secret stands behind the #, which browsers send to nobody; it is kept in no history either. */
const secret = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const { ok, problem, answer } = await request('POST', 'api/share', { secret });
if (ok) {
    location.replace(watchPage(answer.stream));
} else {
    write(element('problem'), problem);
}
