import { forbidden } from './test/layers.mjs';

export default {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a folder that knows another's types knows the folder.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
