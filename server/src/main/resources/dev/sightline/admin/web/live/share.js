import { who } from '../account.js';
import { HOME } from '../api.js';
import { ofStream, request } from '../control.js';
import { copyText } from '../copy.js';
import { element, field, write } from '../dom.js';

/**
 * @typedef {object} Share
 * @property {string} id
 * @property {string} expires
 */

/**
 * Links by which others may watch a stream for a time, for those who may make them.
 *
 * @param {string} stream
 */
export async function offerShares(stream) {
    const known = await who();
    if (!known?.logins || !known.may.includes('control')) {
        return; // without logins, the page's own address is the link
    }
    const links = ofStream(stream, '/shares');
    const listed = await request('GET', links);
    if (!listed.ok) {
        return;
    }
    const dialog = /** @type {HTMLDialogElement} */ (element('share-dialog'));
    const button = element('share');
    button.hidden = false;
    button.addEventListener('click', () => {
        dialog.showModal();
        show();
    });
    element('share-make').addEventListener('click', async () => {
        const { ok, problem, answer } = await request('POST', links, { seconds: Number(field('share-time').value) });
        const link = ok ? `${HOME}${answer.path.slice(1)}` : '';
        field('share-link').value = link;
        field('share-link').hidden = !ok;
        field('share-link').select();
        const copied = ok && await copyText(link);
        write(element('share-said'), ok ? `${copied ? 'Copied. ' : ''}It is shown this once.` : problem);
        show();
    });
    const show = async () => {
        /** @type {Share[]} */
        const present = (await request('GET', links)).answer ?? [];
        element('share-list').replaceChildren(...present.map(line));
    };
    /** @param {Share} share */
    const line = ({ id, expires }) => {
        const item = document.createElement('li');
        const end = document.createElement('button');
        end.type = 'button';
        end.className = 'plain';
        end.textContent = 'Take back';
        end.addEventListener('click', async () => {
            const { problem } = await request('DELETE', `${links}/${id}`);
            write(element('share-said'), problem);
            show();
        });
        item.append(`until ${new Date(expires).toLocaleString()} `, end);
        return item;
    };
}
