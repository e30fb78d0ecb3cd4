export type { LoadEntry, Loader, LoadSettings } from './loader.js';
