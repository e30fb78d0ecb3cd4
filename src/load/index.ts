export type { Loader, LoadSettings } from './loader.js';
