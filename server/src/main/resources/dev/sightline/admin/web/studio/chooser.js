import { make } from './form.js';

/**
 * A dialog with all processors, a sentence each, from which one is chosen.
 *
 * @param {HTMLDialogElement} dialog with a list in it
 * @param {import('../control.js').Processor[]} processors
 * @param {(name: string) => void} onChoice
 */
export function offer(dialog, processors, onChoice) {
    const list = /** @type {HTMLElement} */ (dialog.querySelector('ul'));
    list.replaceChildren(...processors.map(({ name, description }) => {
        const button = make('button', { type: 'button' });
        button.append(make('strong', {}, name), make('span', {}, description));
        button.addEventListener('click', () => {
            dialog.close();
            onChoice(name);
        });
        const item = make('li');
        item.append(button);
        return item;
    }));
    dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
}
