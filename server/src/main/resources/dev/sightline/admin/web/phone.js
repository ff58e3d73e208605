/**
 * "Open on your phone": a small button where this server can be reached from other devices, and behind it the address
 * as a QR code.
 *
 * @typedef {object} Phone
 * @property {string} address empty where only this computer reaches the server
 * @property {boolean} camera whether browsers give their camera to pages of that address
 * @property {string} certificate the page that says how to install the certificate, where that is needed
 */

const button = /** @type {HTMLButtonElement} */ (document.getElementById('phone'));
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('phone-dialog'));

/** @param {string} selector */
const part = (selector) => /** @type {HTMLElement} */ (dialog.querySelector(selector));

/** @returns {Promise<Phone>} */
async function phone() {
    const response = await fetch('api/phone', { cache: 'no-store' });
    return response.ok ? response.json() : { address: '', camera: false, certificate: '' };
}

/** @param {Phone} known */
function show({ address, camera, certificate }) {
    const link = /** @type {HTMLAnchorElement} */ (part('.address'));
    link.href = address;
    link.textContent = address;
    /** @type {HTMLImageElement} */ (part('img')).src = 'api/phone/qr.svg';
    const hint = part('.hint');
    hint.textContent = '';
    if (certificate) {
        const install = document.createElement('a');
        install.href = certificate;
        install.textContent = certificate;
        hint.append('The first time, install the certificate from ', install);
    } else if (!camera) {
        hint.append('To show the phone’s camera here, start Sightline with --tls auto.');
    }
    dialog.showModal();
}

button.addEventListener('click', async () => show(await phone()));
phone().then(({ address }) => { button.hidden = !address; }).catch(() => {});
