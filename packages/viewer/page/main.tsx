import { render } from 'preact';
import { App } from './shell/app.js';
import { followViewer } from './state/snapshots.js';
import './state/theme.js';
import './styles/page.css';

followViewer();
render(<App />, document.getElementById('page')!);
