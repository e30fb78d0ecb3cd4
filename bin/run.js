#!/usr/bin/env node
import { commands, main } from '../dist/cli/index.js';

await main(process.argv.slice(2), import.meta.url, Object.keys(commands));
