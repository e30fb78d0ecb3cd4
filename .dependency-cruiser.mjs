import { forbidden } from './test/layers.mjs';

export default {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a folder that knows another's types knows the folder.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // What is read as input is not built of the house's parts.
    exclude: { path: ['^dist/', '^fixtures/', '^bench/inputs/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
