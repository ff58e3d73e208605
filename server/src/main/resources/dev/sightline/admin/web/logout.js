import { offerLogout } from './account.js';
import { element } from './dom.js';

offerLogout(element('logout'));
