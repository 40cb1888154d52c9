import { mount } from '../shell/mount.js';
import { OwnerConsole } from './owner-console.part.js';

mount(<OwnerConsole />);
