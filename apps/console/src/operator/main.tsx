import { mount } from '../shell/mount.js';
import { OperatorConsole } from './operator-console.part.js';

mount(<OperatorConsole />);
