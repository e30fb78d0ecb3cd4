// Loaded into a measured process: tells its parent the peak of its resident set, in kB.
import { writeSync } from 'node:fs';

const parent = 3;

process.on('exit', () => {
  writeSync(parent, String(process.resourceUsage().maxRSS));
});
