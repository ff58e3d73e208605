'use strict';

/**
 * Dark, light, or as the browser prefers: chosen once by the user, kept for all pages of this server. A plain script in the
 * head, so that no page appears in the wrong colours first.
 */
(() => {
    const KEY = 'sightline-theme';
    const PREFERRED = '(prefers-color-scheme: light)';
    const THEMES = ['auto', 'dark', 'light'];

    /** @type {Record<string, string>} */
    const MEDIA = { auto: PREFERRED, dark: 'not all', light: 'all' };

    function kept() {
        try {
            return localStorage.getItem(KEY) ?? '';
        } catch {
            return ''; // a browser that keeps nothing
        }
    }

    /** @param {string} theme */
    function keep(theme) {
        try {
            localStorage.setItem(KEY, theme);
        } catch {
            // It holds for this page.
        }
    }

    /** @type {() => NodeListOf<HTMLSelectElement>} */
    const choices = () => document.querySelectorAll('.theme select');

    let theme = '';

    /** @param {string} wanted */
    function use(wanted) {
        theme = THEMES.includes(wanted) ? wanted : THEMES[0];
        /** @type {HTMLLinkElement} */ (document.getElementById('light')).media = MEDIA[theme];
        document.documentElement.style.colorScheme = theme === 'auto' ? '' : theme;
        choices().forEach((choice) => (choice.value = theme));
    }

    /** @param {string} wanted */
    function choose(wanted) {
        use(wanted);
        keep(theme);
    }

    use(kept());
    addEventListener('storage', ({ key }) => key === KEY && use(kept()));
    addEventListener('sightline-theme', () => choose(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]));
    document.addEventListener('DOMContentLoaded', () => {
        choices().forEach((choice) => choice.addEventListener('change', () => choose(choice.value)));
        use(theme);
    });
})();
