/* eslint-disable -- made by ajv from schema/ through scripts/generate.mjs; do not edit */
// @ts-nocheck

const config = validate21;
const schema6 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'config.schema.json',
  title: 'The configuration of keyproof',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    extends: {
      description:
        'What this builds on: `recommended` (the default), `strict`, a path, or a package; of several, later ones win.',
      $ref: '#/definitions/extends',
    },
    include: {
      description: 'What is read when no path is given; by default the working directory.',
      $ref: '#/definitions/globs',
    },
    exclude: {
      description: 'What a walk leaves out; a file that is named is read all the same.',
      $ref: '#/definitions/globs',
    },
    kinds: { $ref: '#/definitions/kinds' },
    account: { $ref: '#/definitions/account' },
    region: { $ref: '#/definitions/region' },
    partition: { $ref: '#/definitions/partition' },
    parameters: { $ref: '#/definitions/parameters' },
    organization: { $ref: '#/definitions/organization' },
    accounts: {
      description:
        'The accounts that are ours; with `organization` they make the default trust zone.',
      $ref: '#/definitions/accounts',
    },
    trustZone: {
      type: 'object',
      description: 'Who else may be given access, beside our accounts and organization.',
      additionalProperties: false,
      properties: {
        accounts: { $ref: '#/definitions/accounts' },
        services: {
          type: 'array',
          items: {
            type: 'string',
            pattern: '^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$',
            description: 'a service principal such as `s3.amazonaws.com`',
          },
        },
      },
    },
    deployers: {
      type: 'array',
      description:
        'The principals that deploy: each must stay able to put the key policies that a change touches.',
      items: { $ref: '#/definitions/principal' },
    },
    ephemeral: {
      description:
        'Files of estates that live for days: what only matters to keys that last is advice there.',
      $ref: '#/definitions/globs',
    },
    code: {
      type: 'object',
      description: 'Globs of source code to the principal that it runs as.',
      additionalProperties: { $ref: '#/definitions/principal' },
    },
    rules: { $ref: '#/definitions/rules' },
    overrides: {
      type: 'array',
      description: 'What differs for some files; of several that match one, later ones win.',
      items: {
        type: 'object',
        required: ['files'],
        additionalProperties: false,
        properties: {
          files: { $ref: '#/definitions/globs' },
          kinds: { $ref: '#/definitions/kinds' },
          account: { $ref: '#/definitions/account' },
          region: { $ref: '#/definitions/region' },
          partition: { $ref: '#/definitions/partition' },
          parameters: { $ref: '#/definitions/parameters' },
          organization: { $ref: '#/definitions/organization' },
          rules: { $ref: '#/definitions/rules' },
        },
      },
    },
    suppressions: {
      type: 'array',
      description: 'Findings that are known and accepted.',
      items: {
        type: 'object',
        required: ['rules', 'files'],
        additionalProperties: false,
        properties: {
          rules: { type: 'array', minItems: 1, items: { type: 'string' } },
          files: { $ref: '#/definitions/globs' },
          reason: {
            type: 'string',
            description: 'Without one the suppression has no effect, which is a finding.',
          },
          until: { type: 'string', description: 'The last day on which it holds, as YYYY-MM-DD.' },
        },
      },
    },
    failOn: {
      description: 'The least severity that makes lint exit 1.',
      $ref: '#/definitions/threshold',
    },
    gate: {
      type: 'object',
      additionalProperties: false,
      properties: {
        failOn: {
          type: 'array',
          description: 'What makes the gate fail.',
          items: {
            enum: [
              'error',
              'warning',
              'info',
              'none',
              'broadening',
              'broadening:decrypt',
              'broadening:admin',
              'broadening:cross-account',
              'broadening:public',
              'unknown',
            ],
          },
        },
      },
    },
  },
  definitions: {
    extends: {
      if: { type: 'array' },
      then: { items: { type: 'string' } },
      else: { type: 'string' },
    },
    globs: { type: 'array', items: { type: 'string' } },
    kinds: {
      type: 'object',
      description:
        'Globs of paths to the kind of the policy documents there; of several, later ones win.',
      additionalProperties: {
        enum: [
          'key-policy',
          'identity',
          'boundary',
          'session',
          'scp',
          'rcp',
          'endpoint',
          'trust',
          'resource',
          'unknown',
        ],
      },
    },
    account: {
      type: 'string',
      pattern: '^[0-9]{12}$',
      description: 'an account id, which has twelve digits',
    },
    accounts: { type: 'array', items: { $ref: '#/definitions/account' } },
    region: {
      type: 'string',
      pattern: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$',
      description: 'a Region such as `us-east-1`',
    },
    partition: {
      type: 'string',
      pattern: '^aws[a-z-]*$',
      description: 'a partition such as `aws`, `aws-cn` or `aws-us-gov`',
    },
    parameters: {
      type: 'object',
      description: 'Values of template parameters; `--parameter` wins.',
      additionalProperties: { type: 'string' },
    },
    organization: {
      type: 'string',
      pattern: '^o-[a-z0-9]+$',
      description: 'an organization id such as `o-exampleorgid`',
    },
    principal: {
      type: 'string',
      pattern: '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$',
      description: 'the ARN of a principal',
    },
    severity: { enum: ['off', 'info', 'warning', 'error'] },
    threshold: { enum: ['error', 'warning', 'info', 'none'] },
    plainRule: {
      if: { type: 'array' },
      then: { items: [{ $ref: '#/definitions/severity' }], minItems: 1, additionalItems: false },
      else: { $ref: '#/definitions/severity' },
    },
    rules: {
      type: 'object',
      description: 'How severe each rule is, alone or in a list with its options.',
      additionalProperties: false,
      properties: {
        'action-matches-nothing': {
          description: 'Action that AWS KMS does not have',
          $ref: '#/definitions/plainRule',
        },
        'alias-arn-in-resource': {
          description: 'Alias as the resource of an action on a key',
          $ref: '#/definitions/plainRule',
        },
        'bucket-key-context-mismatch': {
          description: 'Encryption context that S3 does not send',
          $ref: '#/definitions/plainRule',
        },
        'cdk-imported-key-grant-noop': {
          description: 'CDK drops a permission on a key that it imported',
          $ref: '#/definitions/plainRule',
        },
        'cdk-key-destroyed': {
          description: 'CDK deletes the key together with its stack',
          $ref: '#/definitions/plainRule',
        },
        'ciphertext-string-coercion': {
          description: 'Ciphertext is made a text that cannot be decrypted',
          $ref: '#/definitions/plainRule',
        },
        'create-grant-unconstrained': {
          description: 'Grants can be made for anybody and any operation',
          $ref: '#/definitions/plainRule',
        },
        'decrypt-all-keys': {
          description: 'IAM policy that decrypts with every KMS key',
          if: { type: 'array' },
          then: {
            items: [
              { $ref: '#/definitions/severity' },
              {
                type: 'object',
                properties: { ignoreViaService: { type: 'boolean' } },
                additionalProperties: false,
              },
            ],
            minItems: 1,
            additionalItems: false,
          },
          else: { $ref: '#/definitions/severity' },
        },
        'decrypt-without-key-id': {
          description: 'Decrypt takes ciphertext of any key',
          $ref: '#/definitions/plainRule',
        },
        'deny-locks-out-admins': {
          description: 'A Deny keeps everybody from changing the key policy',
          $ref: '#/definitions/plainRule',
        },
        'deployer-cannot-put-key-policy': {
          description: 'Nobody who deploys can put the key policy',
          $ref: '#/definitions/plainRule',
        },
        'duplicate-policy-owner': {
          description: 'Two resources each set the policy of one key',
          $ref: '#/definitions/plainRule',
        },
        'encrypt-over-4096': {
          description: 'Encrypt is given more bytes than KMS takes',
          $ref: '#/definitions/plainRule',
        },
        'encryption-context-mismatch': {
          description: 'Decrypt gives another encryption context than Encrypt',
          $ref: '#/definitions/plainRule',
        },
        'grant-token-not-used': {
          description: 'A grant is used at once without its token',
          $ref: '#/definitions/plainRule',
        },
        'hand-rolled-key-management': {
          description: 'Encryption with a key that nobody manages',
          $ref: '#/definitions/plainRule',
        },
        'invalid-principal-shape': {
          description: 'A policy names something that cannot be a principal',
          $ref: '#/definitions/plainRule',
        },
        'key-deletion-strands-data': {
          description: 'A plan deletes a key that something still needs',
          $ref: '#/definitions/plainRule',
        },
        'key-policy-missing-element': {
          description: 'A statement of the key policy lacks an element',
          $ref: '#/definitions/plainRule',
        },
        'key-reference-needs-arn': {
          description: 'KMS key named in a way that does not find it',
          $ref: '#/definitions/plainRule',
        },
        'kms-call-in-loop': {
          description: 'KMS is called once for each item',
          $ref: '#/definitions/plainRule',
        },
        'kms-events-excluded': {
          description: 'Trail that leaves out the events of AWS KMS',
          $ref: '#/definitions/plainRule',
        },
        'kms-events-via-lookup-events': {
          description: 'KMS events are looked up where some are missing',
          $ref: '#/definitions/plainRule',
        },
        'multipart-missing-decrypt': {
          description: 'Upload to S3 that fails for large objects',
          if: { type: 'array' },
          then: {
            items: [
              { $ref: '#/definitions/severity' },
              {
                type: 'object',
                properties: { maxObjectBytes: { type: ['integer', 'null'], minimum: 0 } },
                additionalProperties: false,
              },
            ],
            minItems: 1,
            additionalItems: false,
          },
          else: { $ref: '#/definitions/severity' },
        },
        'plaintext-data-key-exposed': {
          description: 'A data key leaves the function that asked for it',
          $ref: '#/definitions/plainRule',
        },
        'policy-kind-unknown': {
          description: 'Policy document of unknown kind',
          $ref: '#/definitions/plainRule',
        },
        'principal-recreation': {
          description: 'A principal loses the key when it is deleted and created again',
          $ref: '#/definitions/plainRule',
        },
        'public-key-policy': {
          description: 'Key policy is open to every AWS account',
          $ref: '#/definitions/plainRule',
        },
        'region-mismatch': {
          description: 'KMS key of another Region',
          $ref: '#/definitions/plainRule',
        },
        'single-point-of-admin': {
          description: 'One user or role is all that can administer the key',
          $ref: '#/definitions/plainRule',
        },
        'stale-unique-id-principal': {
          description: 'Key policy names a principal that was deleted',
          $ref: '#/definitions/plainRule',
        },
        'unknown-condition-key': {
          description: 'Condition key that no request has',
          $ref: '#/definitions/plainRule',
        },
        'unmanageable-key': {
          description: 'Nobody can change the key policy',
          $ref: '#/definitions/plainRule',
        },
        'via-service-malformed': {
          description: '`kms:ViaService` value that no service sends',
          $ref: '#/definitions/plainRule',
        },
        'wildcard-principal-weak-condition': {
          description: 'Conditions on a wildcard principal do not keep outsiders out',
          $ref: '#/definitions/plainRule',
        },
        'suppression-expired': {
          description: 'A suppression that is past its date',
          $ref: '#/definitions/plainRule',
        },
        'suppression-without-reason': {
          description: 'A suppression that gives no reason',
          $ref: '#/definitions/plainRule',
        },
        'unknown-directive': {
          description: 'A directive that keyproof does not understand',
          $ref: '#/definitions/plainRule',
        },
        'unused-suppression': {
          description: 'A suppression of something that is not found',
          $ref: '#/definitions/plainRule',
        },
      },
    },
  },
};
const func2 = Object.prototype.hasOwnProperty;
const schema7 = {
  if: { type: 'array' },
  then: { items: { type: 'string' } },
  else: { type: 'string' },
};

function validate22(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = true;
  const _errs1 = errors;
  if (!Array.isArray(data)) {
    const err0 = {};
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  errors = _errs0;
  if (vErrors !== null) {
    if (_errs0) {
      vErrors.length = _errs0;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs3 = errors;
    if (Array.isArray(data)) {
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data0 = data[i0];
        if (typeof data0 !== 'string') {
          const err1 = {
            instancePath: instancePath + '/' + i0,
            schemaPath: '#/then/items/type',
            keyword: 'type',
            params: { type: 'string' },
            message: 'must be string',
            schema: schema7.then.items.type,
            parentSchema: schema7.then.items,
            data: data0,
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      }
    }
    var _valid0 = _errs3 === errors;
    valid0 = _valid0;
    ifClause0 = 'then';
  } else {
    const _errs6 = errors;
    if (typeof data !== 'string') {
      const err2 = {
        instancePath,
        schemaPath: '#/else/type',
        keyword: 'type',
        params: { type: 'string' },
        message: 'must be string',
        schema: schema7.else.type,
        parentSchema: schema7.else,
        data,
      };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    var _valid0 = _errs6 === errors;
    valid0 = _valid0;
    ifClause0 = 'else';
  }
  if (!valid0) {
    const err3 = {
      instancePath,
      schemaPath: '#/if',
      keyword: 'if',
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
      schema: schema7.if,
      parentSchema: schema7,
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate22.errors = vErrors;
  return errors === 0;
}

const schema8 = { type: 'array', items: { type: 'string' } };

function validate24(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      if (typeof data0 !== 'string') {
        const err0 = {
          instancePath: instancePath + '/' + i0,
          schemaPath: '#/items/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema8.items.type,
          parentSchema: schema8.items,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema8.type,
      parentSchema: schema8,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate24.errors = vErrors;
  return errors === 0;
}

const schema9 = {
  type: 'object',
  description:
    'Globs of paths to the kind of the policy documents there; of several, later ones win.',
  additionalProperties: {
    enum: [
      'key-policy',
      'identity',
      'boundary',
      'session',
      'scp',
      'rcp',
      'endpoint',
      'trust',
      'resource',
      'unknown',
    ],
  },
};

function validate27(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 in data) {
      let data0 = data[key0];
      if (!(
        data0 === 'key-policy' ||
        data0 === 'identity' ||
        data0 === 'boundary' ||
        data0 === 'session' ||
        data0 === 'scp' ||
        data0 === 'rcp' ||
        data0 === 'endpoint' ||
        data0 === 'trust' ||
        data0 === 'resource' ||
        data0 === 'unknown'
      )) {
        const err0 = {
          instancePath: instancePath + '/' + key0.replace(/~/g, '~0').replace(/\//g, '~1'),
          schemaPath: '#/additionalProperties/enum',
          keyword: 'enum',
          params: { allowedValues: schema9.additionalProperties.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema9.additionalProperties.enum,
          parentSchema: schema9.additionalProperties,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema9.type,
      parentSchema: schema9,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate27.errors = vErrors;
  return errors === 0;
}

const schema10 = {
  type: 'string',
  pattern: '^[0-9]{12}$',
  description: 'an account id, which has twelve digits',
};
const pattern0 = new RegExp('^[0-9]{12}$', 'u');

function validate29(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === 'string') {
    if (!pattern0.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: { pattern: '^[0-9]{12}$' },
        message: 'must match pattern "' + '^[0-9]{12}$' + '"',
        schema: '^[0-9]{12}$',
        parentSchema: schema10,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema10.type,
      parentSchema: schema10,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate29.errors = vErrors;
  return errors === 0;
}

const schema11 = {
  type: 'string',
  pattern: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$',
  description: 'a Region such as `us-east-1`',
};
const pattern1 = new RegExp('^[a-z]{2,}(-[a-z]+)+-[0-9]+$', 'u');

function validate31(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === 'string') {
    if (!pattern1.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: { pattern: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$' },
        message: 'must match pattern "' + '^[a-z]{2,}(-[a-z]+)+-[0-9]+$' + '"',
        schema: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$',
        parentSchema: schema11,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema11.type,
      parentSchema: schema11,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate31.errors = vErrors;
  return errors === 0;
}

const schema12 = {
  type: 'string',
  pattern: '^aws[a-z-]*$',
  description: 'a partition such as `aws`, `aws-cn` or `aws-us-gov`',
};
const pattern2 = new RegExp('^aws[a-z-]*$', 'u');

function validate33(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === 'string') {
    if (!pattern2.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: { pattern: '^aws[a-z-]*$' },
        message: 'must match pattern "' + '^aws[a-z-]*$' + '"',
        schema: '^aws[a-z-]*$',
        parentSchema: schema12,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema12.type,
      parentSchema: schema12,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate33.errors = vErrors;
  return errors === 0;
}

const schema13 = {
  type: 'object',
  description: 'Values of template parameters; `--parameter` wins.',
  additionalProperties: { type: 'string' },
};

function validate35(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 in data) {
      let data0 = data[key0];
      if (typeof data0 !== 'string') {
        const err0 = {
          instancePath: instancePath + '/' + key0.replace(/~/g, '~0').replace(/\//g, '~1'),
          schemaPath: '#/additionalProperties/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema13.additionalProperties.type,
          parentSchema: schema13.additionalProperties,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema13.type,
      parentSchema: schema13,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate35.errors = vErrors;
  return errors === 0;
}

const schema14 = {
  type: 'string',
  pattern: '^o-[a-z0-9]+$',
  description: 'an organization id such as `o-exampleorgid`',
};
const pattern3 = new RegExp('^o-[a-z0-9]+$', 'u');

function validate37(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === 'string') {
    if (!pattern3.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: { pattern: '^o-[a-z0-9]+$' },
        message: 'must match pattern "' + '^o-[a-z0-9]+$' + '"',
        schema: '^o-[a-z0-9]+$',
        parentSchema: schema14,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema14.type,
      parentSchema: schema14,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate37.errors = vErrors;
  return errors === 0;
}

const schema15 = { type: 'array', items: { $ref: '#/definitions/account' } };

function validate39(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      if (
        !validate29(data[i0], {
          instancePath: instancePath + '/' + i0,
          parentData: data,
          parentDataProperty: i0,
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err0 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema15.type,
      parentSchema: schema15,
      data,
    };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  validate39.errors = vErrors;
  return errors === 0;
}

const schema16 = {
  type: 'string',
  pattern: '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$',
  description: 'the ARN of a principal',
};
const pattern5 = new RegExp('^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$', 'u');

function validate43(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === 'string') {
    if (!pattern5.test(data)) {
      const err0 = {
        instancePath,
        schemaPath: '#/pattern',
        keyword: 'pattern',
        params: { pattern: '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$' },
        message: 'must match pattern "' + '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$' + '"',
        schema: '^arn:aws[a-z-]*:(iam|sts)::[0-9]{12}:.+$',
        parentSchema: schema16,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema16.type,
      parentSchema: schema16,
      data,
    };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate43.errors = vErrors;
  return errors === 0;
}

const schema17 = {
  type: 'object',
  description: 'How severe each rule is, alone or in a list with its options.',
  additionalProperties: false,
  properties: {
    'action-matches-nothing': {
      description: 'Action that AWS KMS does not have',
      $ref: '#/definitions/plainRule',
    },
    'alias-arn-in-resource': {
      description: 'Alias as the resource of an action on a key',
      $ref: '#/definitions/plainRule',
    },
    'bucket-key-context-mismatch': {
      description: 'Encryption context that S3 does not send',
      $ref: '#/definitions/plainRule',
    },
    'cdk-imported-key-grant-noop': {
      description: 'CDK drops a permission on a key that it imported',
      $ref: '#/definitions/plainRule',
    },
    'cdk-key-destroyed': {
      description: 'CDK deletes the key together with its stack',
      $ref: '#/definitions/plainRule',
    },
    'ciphertext-string-coercion': {
      description: 'Ciphertext is made a text that cannot be decrypted',
      $ref: '#/definitions/plainRule',
    },
    'create-grant-unconstrained': {
      description: 'Grants can be made for anybody and any operation',
      $ref: '#/definitions/plainRule',
    },
    'decrypt-all-keys': {
      description: 'IAM policy that decrypts with every KMS key',
      if: { type: 'array' },
      then: {
        items: [
          { $ref: '#/definitions/severity' },
          {
            type: 'object',
            properties: { ignoreViaService: { type: 'boolean' } },
            additionalProperties: false,
          },
        ],
        minItems: 1,
        additionalItems: false,
      },
      else: { $ref: '#/definitions/severity' },
    },
    'decrypt-without-key-id': {
      description: 'Decrypt takes ciphertext of any key',
      $ref: '#/definitions/plainRule',
    },
    'deny-locks-out-admins': {
      description: 'A Deny keeps everybody from changing the key policy',
      $ref: '#/definitions/plainRule',
    },
    'deployer-cannot-put-key-policy': {
      description: 'Nobody who deploys can put the key policy',
      $ref: '#/definitions/plainRule',
    },
    'duplicate-policy-owner': {
      description: 'Two resources each set the policy of one key',
      $ref: '#/definitions/plainRule',
    },
    'encrypt-over-4096': {
      description: 'Encrypt is given more bytes than KMS takes',
      $ref: '#/definitions/plainRule',
    },
    'encryption-context-mismatch': {
      description: 'Decrypt gives another encryption context than Encrypt',
      $ref: '#/definitions/plainRule',
    },
    'grant-token-not-used': {
      description: 'A grant is used at once without its token',
      $ref: '#/definitions/plainRule',
    },
    'hand-rolled-key-management': {
      description: 'Encryption with a key that nobody manages',
      $ref: '#/definitions/plainRule',
    },
    'invalid-principal-shape': {
      description: 'A policy names something that cannot be a principal',
      $ref: '#/definitions/plainRule',
    },
    'key-deletion-strands-data': {
      description: 'A plan deletes a key that something still needs',
      $ref: '#/definitions/plainRule',
    },
    'key-policy-missing-element': {
      description: 'A statement of the key policy lacks an element',
      $ref: '#/definitions/plainRule',
    },
    'key-reference-needs-arn': {
      description: 'KMS key named in a way that does not find it',
      $ref: '#/definitions/plainRule',
    },
    'kms-call-in-loop': {
      description: 'KMS is called once for each item',
      $ref: '#/definitions/plainRule',
    },
    'kms-events-excluded': {
      description: 'Trail that leaves out the events of AWS KMS',
      $ref: '#/definitions/plainRule',
    },
    'kms-events-via-lookup-events': {
      description: 'KMS events are looked up where some are missing',
      $ref: '#/definitions/plainRule',
    },
    'multipart-missing-decrypt': {
      description: 'Upload to S3 that fails for large objects',
      if: { type: 'array' },
      then: {
        items: [
          { $ref: '#/definitions/severity' },
          {
            type: 'object',
            properties: { maxObjectBytes: { type: ['integer', 'null'], minimum: 0 } },
            additionalProperties: false,
          },
        ],
        minItems: 1,
        additionalItems: false,
      },
      else: { $ref: '#/definitions/severity' },
    },
    'plaintext-data-key-exposed': {
      description: 'A data key leaves the function that asked for it',
      $ref: '#/definitions/plainRule',
    },
    'policy-kind-unknown': {
      description: 'Policy document of unknown kind',
      $ref: '#/definitions/plainRule',
    },
    'principal-recreation': {
      description: 'A principal loses the key when it is deleted and created again',
      $ref: '#/definitions/plainRule',
    },
    'public-key-policy': {
      description: 'Key policy is open to every AWS account',
      $ref: '#/definitions/plainRule',
    },
    'region-mismatch': {
      description: 'KMS key of another Region',
      $ref: '#/definitions/plainRule',
    },
    'single-point-of-admin': {
      description: 'One user or role is all that can administer the key',
      $ref: '#/definitions/plainRule',
    },
    'stale-unique-id-principal': {
      description: 'Key policy names a principal that was deleted',
      $ref: '#/definitions/plainRule',
    },
    'unknown-condition-key': {
      description: 'Condition key that no request has',
      $ref: '#/definitions/plainRule',
    },
    'unmanageable-key': {
      description: 'Nobody can change the key policy',
      $ref: '#/definitions/plainRule',
    },
    'via-service-malformed': {
      description: '`kms:ViaService` value that no service sends',
      $ref: '#/definitions/plainRule',
    },
    'wildcard-principal-weak-condition': {
      description: 'Conditions on a wildcard principal do not keep outsiders out',
      $ref: '#/definitions/plainRule',
    },
    'suppression-expired': {
      description: 'A suppression that is past its date',
      $ref: '#/definitions/plainRule',
    },
    'suppression-without-reason': {
      description: 'A suppression that gives no reason',
      $ref: '#/definitions/plainRule',
    },
    'unknown-directive': {
      description: 'A directive that keyproof does not understand',
      $ref: '#/definitions/plainRule',
    },
    'unused-suppression': {
      description: 'A suppression of something that is not found',
      $ref: '#/definitions/plainRule',
    },
  },
};
const schema18 = {
  if: { type: 'array' },
  then: { items: [{ $ref: '#/definitions/severity' }], minItems: 1, additionalItems: false },
  else: { $ref: '#/definitions/severity' },
};
const schema19 = { enum: ['off', 'info', 'warning', 'error'] };

function validate49(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (!(data === 'off' || data === 'info' || data === 'warning' || data === 'error')) {
    const err0 = {
      instancePath,
      schemaPath: '#/enum',
      keyword: 'enum',
      params: { allowedValues: schema19.enum },
      message: 'must be equal to one of the allowed values',
      schema: schema19.enum,
      parentSchema: schema19,
      data,
    };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  validate49.errors = vErrors;
  return errors === 0;
}

function validate48(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = true;
  const _errs1 = errors;
  if (!Array.isArray(data)) {
    const err0 = {};
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  errors = _errs0;
  if (vErrors !== null) {
    if (_errs0) {
      vErrors.length = _errs0;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs3 = errors;
    if (Array.isArray(data)) {
      if (data.length < 1) {
        const err1 = {
          instancePath,
          schemaPath: '#/then/minItems',
          keyword: 'minItems',
          params: { limit: 1 },
          message: 'must NOT have fewer than 1 items',
          schema: 1,
          parentSchema: schema18.then,
          data,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      const len0 = data.length;
      if (!(len0 <= 1)) {
        const err2 = {
          instancePath,
          schemaPath: '#/then/additionalItems',
          keyword: 'additionalItems',
          params: { limit: 1 },
          message: 'must NOT have more than 1 items',
          schema: false,
          parentSchema: schema18.then,
          data,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      const len1 = data.length;
      if (len1 > 0) {
        if (
          !validate49(data[0], {
            instancePath: instancePath + '/0',
            parentData: data,
            parentDataProperty: 0,
            rootData,
          })
        ) {
          vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
          errors = vErrors.length;
        }
      }
    }
    var _valid0 = _errs3 === errors;
    valid0 = _valid0;
    ifClause0 = 'then';
  } else {
    const _errs5 = errors;
    if (!validate49(data, { instancePath, parentData, parentDataProperty, rootData })) {
      vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
      errors = vErrors.length;
    }
    var _valid0 = _errs5 === errors;
    valid0 = _valid0;
    ifClause0 = 'else';
  }
  if (!valid0) {
    const err3 = {
      instancePath,
      schemaPath: '#/if',
      keyword: 'if',
      params: { failingKeyword: ifClause0 },
      message: 'must match "' + ifClause0 + '" schema',
      schema: schema18.if,
      parentSchema: schema18,
      data,
    };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate48.errors = vErrors;
  return errors === 0;
}

function validate47(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema17.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema17,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data['action-matches-nothing'] !== undefined) {
      if (
        !validate48(data['action-matches-nothing'], {
          instancePath: instancePath + '/action-matches-nothing',
          parentData: data,
          parentDataProperty: 'action-matches-nothing',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['alias-arn-in-resource'] !== undefined) {
      if (
        !validate48(data['alias-arn-in-resource'], {
          instancePath: instancePath + '/alias-arn-in-resource',
          parentData: data,
          parentDataProperty: 'alias-arn-in-resource',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['bucket-key-context-mismatch'] !== undefined) {
      if (
        !validate48(data['bucket-key-context-mismatch'], {
          instancePath: instancePath + '/bucket-key-context-mismatch',
          parentData: data,
          parentDataProperty: 'bucket-key-context-mismatch',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['cdk-imported-key-grant-noop'] !== undefined) {
      if (
        !validate48(data['cdk-imported-key-grant-noop'], {
          instancePath: instancePath + '/cdk-imported-key-grant-noop',
          parentData: data,
          parentDataProperty: 'cdk-imported-key-grant-noop',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['cdk-key-destroyed'] !== undefined) {
      if (
        !validate48(data['cdk-key-destroyed'], {
          instancePath: instancePath + '/cdk-key-destroyed',
          parentData: data,
          parentDataProperty: 'cdk-key-destroyed',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['ciphertext-string-coercion'] !== undefined) {
      if (
        !validate48(data['ciphertext-string-coercion'], {
          instancePath: instancePath + '/ciphertext-string-coercion',
          parentData: data,
          parentDataProperty: 'ciphertext-string-coercion',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['create-grant-unconstrained'] !== undefined) {
      if (
        !validate48(data['create-grant-unconstrained'], {
          instancePath: instancePath + '/create-grant-unconstrained',
          parentData: data,
          parentDataProperty: 'create-grant-unconstrained',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['decrypt-all-keys'] !== undefined) {
      let data7 = data['decrypt-all-keys'];
      const _errs10 = errors;
      let valid1 = true;
      const _errs11 = errors;
      if (!Array.isArray(data7)) {
        const err1 = {};
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      var _valid0 = _errs11 === errors;
      errors = _errs10;
      if (vErrors !== null) {
        if (_errs10) {
          vErrors.length = _errs10;
        } else {
          vErrors = null;
        }
      }
      let ifClause0;
      if (_valid0) {
        const _errs13 = errors;
        if (Array.isArray(data7)) {
          if (data7.length < 1) {
            const err2 = {
              instancePath: instancePath + '/decrypt-all-keys',
              schemaPath: '#/properties/decrypt-all-keys/then/minItems',
              keyword: 'minItems',
              params: { limit: 1 },
              message: 'must NOT have fewer than 1 items',
              schema: 1,
              parentSchema: schema17.properties['decrypt-all-keys'].then,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          const len0 = data7.length;
          if (!(len0 <= 2)) {
            const err3 = {
              instancePath: instancePath + '/decrypt-all-keys',
              schemaPath: '#/properties/decrypt-all-keys/then/additionalItems',
              keyword: 'additionalItems',
              params: { limit: 2 },
              message: 'must NOT have more than 2 items',
              schema: false,
              parentSchema: schema17.properties['decrypt-all-keys'].then,
              data: data7,
            };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
          const len1 = data7.length;
          if (len1 > 0) {
            if (
              !validate49(data7[0], {
                instancePath: instancePath + '/decrypt-all-keys/0',
                parentData: data7,
                parentDataProperty: 0,
                rootData,
              })
            ) {
              vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
              errors = vErrors.length;
            }
          }
          if (len1 > 1) {
            let data9 = data7[1];
            if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
              for (const key1 in data9) {
                if (!(key1 === 'ignoreViaService')) {
                  const err4 = {
                    instancePath: instancePath + '/decrypt-all-keys/1',
                    schemaPath: '#/properties/decrypt-all-keys/then/items/1/additionalProperties',
                    keyword: 'additionalProperties',
                    params: { additionalProperty: key1 },
                    message: 'must NOT have additional properties',
                    schema: false,
                    parentSchema: schema17.properties['decrypt-all-keys'].then.items[1],
                    data: data9,
                  };
                  if (vErrors === null) {
                    vErrors = [err4];
                  } else {
                    vErrors.push(err4);
                  }
                  errors++;
                }
              }
              if (data9.ignoreViaService !== undefined) {
                let data10 = data9.ignoreViaService;
                if (typeof data10 !== 'boolean') {
                  const err5 = {
                    instancePath: instancePath + '/decrypt-all-keys/1/ignoreViaService',
                    schemaPath:
                      '#/properties/decrypt-all-keys/then/items/1/properties/ignoreViaService/type',
                    keyword: 'type',
                    params: { type: 'boolean' },
                    message: 'must be boolean',
                    schema:
                      schema17.properties['decrypt-all-keys'].then.items[1].properties
                        .ignoreViaService.type,
                    parentSchema:
                      schema17.properties['decrypt-all-keys'].then.items[1].properties
                        .ignoreViaService,
                    data: data10,
                  };
                  if (vErrors === null) {
                    vErrors = [err5];
                  } else {
                    vErrors.push(err5);
                  }
                  errors++;
                }
              }
            } else {
              const err6 = {
                instancePath: instancePath + '/decrypt-all-keys/1',
                schemaPath: '#/properties/decrypt-all-keys/then/items/1/type',
                keyword: 'type',
                params: { type: 'object' },
                message: 'must be object',
                schema: schema17.properties['decrypt-all-keys'].then.items[1].type,
                parentSchema: schema17.properties['decrypt-all-keys'].then.items[1],
                data: data9,
              };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
        }
        var _valid0 = _errs13 === errors;
        valid1 = _valid0;
        ifClause0 = 'then';
      } else {
        const _errs20 = errors;
        if (
          !validate49(data7, {
            instancePath: instancePath + '/decrypt-all-keys',
            parentData: data,
            parentDataProperty: 'decrypt-all-keys',
            rootData,
          })
        ) {
          vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
          errors = vErrors.length;
        }
        var _valid0 = _errs20 === errors;
        valid1 = _valid0;
        ifClause0 = 'else';
      }
      if (!valid1) {
        const err7 = {
          instancePath: instancePath + '/decrypt-all-keys',
          schemaPath: '#/properties/decrypt-all-keys/if',
          keyword: 'if',
          params: { failingKeyword: ifClause0 },
          message: 'must match "' + ifClause0 + '" schema',
          schema: schema17.properties['decrypt-all-keys'].if,
          parentSchema: schema17.properties['decrypt-all-keys'],
          data: data7,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data['decrypt-without-key-id'] !== undefined) {
      if (
        !validate48(data['decrypt-without-key-id'], {
          instancePath: instancePath + '/decrypt-without-key-id',
          parentData: data,
          parentDataProperty: 'decrypt-without-key-id',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['deny-locks-out-admins'] !== undefined) {
      if (
        !validate48(data['deny-locks-out-admins'], {
          instancePath: instancePath + '/deny-locks-out-admins',
          parentData: data,
          parentDataProperty: 'deny-locks-out-admins',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['deployer-cannot-put-key-policy'] !== undefined) {
      if (
        !validate48(data['deployer-cannot-put-key-policy'], {
          instancePath: instancePath + '/deployer-cannot-put-key-policy',
          parentData: data,
          parentDataProperty: 'deployer-cannot-put-key-policy',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['duplicate-policy-owner'] !== undefined) {
      if (
        !validate48(data['duplicate-policy-owner'], {
          instancePath: instancePath + '/duplicate-policy-owner',
          parentData: data,
          parentDataProperty: 'duplicate-policy-owner',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['encrypt-over-4096'] !== undefined) {
      if (
        !validate48(data['encrypt-over-4096'], {
          instancePath: instancePath + '/encrypt-over-4096',
          parentData: data,
          parentDataProperty: 'encrypt-over-4096',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['encryption-context-mismatch'] !== undefined) {
      if (
        !validate48(data['encryption-context-mismatch'], {
          instancePath: instancePath + '/encryption-context-mismatch',
          parentData: data,
          parentDataProperty: 'encryption-context-mismatch',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['grant-token-not-used'] !== undefined) {
      if (
        !validate48(data['grant-token-not-used'], {
          instancePath: instancePath + '/grant-token-not-used',
          parentData: data,
          parentDataProperty: 'grant-token-not-used',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['hand-rolled-key-management'] !== undefined) {
      if (
        !validate48(data['hand-rolled-key-management'], {
          instancePath: instancePath + '/hand-rolled-key-management',
          parentData: data,
          parentDataProperty: 'hand-rolled-key-management',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['invalid-principal-shape'] !== undefined) {
      if (
        !validate48(data['invalid-principal-shape'], {
          instancePath: instancePath + '/invalid-principal-shape',
          parentData: data,
          parentDataProperty: 'invalid-principal-shape',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['key-deletion-strands-data'] !== undefined) {
      if (
        !validate48(data['key-deletion-strands-data'], {
          instancePath: instancePath + '/key-deletion-strands-data',
          parentData: data,
          parentDataProperty: 'key-deletion-strands-data',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['key-policy-missing-element'] !== undefined) {
      if (
        !validate48(data['key-policy-missing-element'], {
          instancePath: instancePath + '/key-policy-missing-element',
          parentData: data,
          parentDataProperty: 'key-policy-missing-element',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['key-reference-needs-arn'] !== undefined) {
      if (
        !validate48(data['key-reference-needs-arn'], {
          instancePath: instancePath + '/key-reference-needs-arn',
          parentData: data,
          parentDataProperty: 'key-reference-needs-arn',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['kms-call-in-loop'] !== undefined) {
      if (
        !validate48(data['kms-call-in-loop'], {
          instancePath: instancePath + '/kms-call-in-loop',
          parentData: data,
          parentDataProperty: 'kms-call-in-loop',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['kms-events-excluded'] !== undefined) {
      if (
        !validate48(data['kms-events-excluded'], {
          instancePath: instancePath + '/kms-events-excluded',
          parentData: data,
          parentDataProperty: 'kms-events-excluded',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['kms-events-via-lookup-events'] !== undefined) {
      if (
        !validate48(data['kms-events-via-lookup-events'], {
          instancePath: instancePath + '/kms-events-via-lookup-events',
          parentData: data,
          parentDataProperty: 'kms-events-via-lookup-events',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['multipart-missing-decrypt'] !== undefined) {
      let data26 = data['multipart-missing-decrypt'];
      const _errs37 = errors;
      let valid4 = true;
      const _errs38 = errors;
      if (!Array.isArray(data26)) {
        const err8 = {};
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      var _valid1 = _errs38 === errors;
      errors = _errs37;
      if (vErrors !== null) {
        if (_errs37) {
          vErrors.length = _errs37;
        } else {
          vErrors = null;
        }
      }
      let ifClause1;
      if (_valid1) {
        const _errs40 = errors;
        if (Array.isArray(data26)) {
          if (data26.length < 1) {
            const err9 = {
              instancePath: instancePath + '/multipart-missing-decrypt',
              schemaPath: '#/properties/multipart-missing-decrypt/then/minItems',
              keyword: 'minItems',
              params: { limit: 1 },
              message: 'must NOT have fewer than 1 items',
              schema: 1,
              parentSchema: schema17.properties['multipart-missing-decrypt'].then,
              data: data26,
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
          const len2 = data26.length;
          if (!(len2 <= 2)) {
            const err10 = {
              instancePath: instancePath + '/multipart-missing-decrypt',
              schemaPath: '#/properties/multipart-missing-decrypt/then/additionalItems',
              keyword: 'additionalItems',
              params: { limit: 2 },
              message: 'must NOT have more than 2 items',
              schema: false,
              parentSchema: schema17.properties['multipart-missing-decrypt'].then,
              data: data26,
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          const len3 = data26.length;
          if (len3 > 0) {
            if (
              !validate49(data26[0], {
                instancePath: instancePath + '/multipart-missing-decrypt/0',
                parentData: data26,
                parentDataProperty: 0,
                rootData,
              })
            ) {
              vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
              errors = vErrors.length;
            }
          }
          if (len3 > 1) {
            let data28 = data26[1];
            if (data28 && typeof data28 == 'object' && !Array.isArray(data28)) {
              for (const key2 in data28) {
                if (!(key2 === 'maxObjectBytes')) {
                  const err11 = {
                    instancePath: instancePath + '/multipart-missing-decrypt/1',
                    schemaPath:
                      '#/properties/multipart-missing-decrypt/then/items/1/additionalProperties',
                    keyword: 'additionalProperties',
                    params: { additionalProperty: key2 },
                    message: 'must NOT have additional properties',
                    schema: false,
                    parentSchema: schema17.properties['multipart-missing-decrypt'].then.items[1],
                    data: data28,
                  };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
              }
              if (data28.maxObjectBytes !== undefined) {
                let data29 = data28.maxObjectBytes;
                if (
                  !(
                    typeof data29 == 'number' &&
                    !(data29 % 1) &&
                    !isNaN(data29) &&
                    isFinite(data29)
                  ) &&
                  data29 !== null
                ) {
                  const err12 = {
                    instancePath: instancePath + '/multipart-missing-decrypt/1/maxObjectBytes',
                    schemaPath:
                      '#/properties/multipart-missing-decrypt/then/items/1/properties/maxObjectBytes/type',
                    keyword: 'type',
                    params: {
                      type: schema17.properties['multipart-missing-decrypt'].then.items[1]
                        .properties.maxObjectBytes.type,
                    },
                    message: 'must be integer,null',
                    schema:
                      schema17.properties['multipart-missing-decrypt'].then.items[1].properties
                        .maxObjectBytes.type,
                    parentSchema:
                      schema17.properties['multipart-missing-decrypt'].then.items[1].properties
                        .maxObjectBytes,
                    data: data29,
                  };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
                if (typeof data29 == 'number' && isFinite(data29)) {
                  if (data29 < 0 || isNaN(data29)) {
                    const err13 = {
                      instancePath: instancePath + '/multipart-missing-decrypt/1/maxObjectBytes',
                      schemaPath:
                        '#/properties/multipart-missing-decrypt/then/items/1/properties/maxObjectBytes/minimum',
                      keyword: 'minimum',
                      params: { comparison: '>=', limit: 0 },
                      message: 'must be >= 0',
                      schema: 0,
                      parentSchema:
                        schema17.properties['multipart-missing-decrypt'].then.items[1].properties
                          .maxObjectBytes,
                      data: data29,
                    };
                    if (vErrors === null) {
                      vErrors = [err13];
                    } else {
                      vErrors.push(err13);
                    }
                    errors++;
                  }
                }
              }
            } else {
              const err14 = {
                instancePath: instancePath + '/multipart-missing-decrypt/1',
                schemaPath: '#/properties/multipart-missing-decrypt/then/items/1/type',
                keyword: 'type',
                params: { type: 'object' },
                message: 'must be object',
                schema: schema17.properties['multipart-missing-decrypt'].then.items[1].type,
                parentSchema: schema17.properties['multipart-missing-decrypt'].then.items[1],
                data: data28,
              };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
          }
        }
        var _valid1 = _errs40 === errors;
        valid4 = _valid1;
        ifClause1 = 'then';
      } else {
        const _errs47 = errors;
        if (
          !validate49(data26, {
            instancePath: instancePath + '/multipart-missing-decrypt',
            parentData: data,
            parentDataProperty: 'multipart-missing-decrypt',
            rootData,
          })
        ) {
          vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
          errors = vErrors.length;
        }
        var _valid1 = _errs47 === errors;
        valid4 = _valid1;
        ifClause1 = 'else';
      }
      if (!valid4) {
        const err15 = {
          instancePath: instancePath + '/multipart-missing-decrypt',
          schemaPath: '#/properties/multipart-missing-decrypt/if',
          keyword: 'if',
          params: { failingKeyword: ifClause1 },
          message: 'must match "' + ifClause1 + '" schema',
          schema: schema17.properties['multipart-missing-decrypt'].if,
          parentSchema: schema17.properties['multipart-missing-decrypt'],
          data: data26,
        };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data['plaintext-data-key-exposed'] !== undefined) {
      if (
        !validate48(data['plaintext-data-key-exposed'], {
          instancePath: instancePath + '/plaintext-data-key-exposed',
          parentData: data,
          parentDataProperty: 'plaintext-data-key-exposed',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['policy-kind-unknown'] !== undefined) {
      if (
        !validate48(data['policy-kind-unknown'], {
          instancePath: instancePath + '/policy-kind-unknown',
          parentData: data,
          parentDataProperty: 'policy-kind-unknown',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['principal-recreation'] !== undefined) {
      if (
        !validate48(data['principal-recreation'], {
          instancePath: instancePath + '/principal-recreation',
          parentData: data,
          parentDataProperty: 'principal-recreation',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['public-key-policy'] !== undefined) {
      if (
        !validate48(data['public-key-policy'], {
          instancePath: instancePath + '/public-key-policy',
          parentData: data,
          parentDataProperty: 'public-key-policy',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['region-mismatch'] !== undefined) {
      if (
        !validate48(data['region-mismatch'], {
          instancePath: instancePath + '/region-mismatch',
          parentData: data,
          parentDataProperty: 'region-mismatch',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['single-point-of-admin'] !== undefined) {
      if (
        !validate48(data['single-point-of-admin'], {
          instancePath: instancePath + '/single-point-of-admin',
          parentData: data,
          parentDataProperty: 'single-point-of-admin',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['stale-unique-id-principal'] !== undefined) {
      if (
        !validate48(data['stale-unique-id-principal'], {
          instancePath: instancePath + '/stale-unique-id-principal',
          parentData: data,
          parentDataProperty: 'stale-unique-id-principal',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['unknown-condition-key'] !== undefined) {
      if (
        !validate48(data['unknown-condition-key'], {
          instancePath: instancePath + '/unknown-condition-key',
          parentData: data,
          parentDataProperty: 'unknown-condition-key',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['unmanageable-key'] !== undefined) {
      if (
        !validate48(data['unmanageable-key'], {
          instancePath: instancePath + '/unmanageable-key',
          parentData: data,
          parentDataProperty: 'unmanageable-key',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['via-service-malformed'] !== undefined) {
      if (
        !validate48(data['via-service-malformed'], {
          instancePath: instancePath + '/via-service-malformed',
          parentData: data,
          parentDataProperty: 'via-service-malformed',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['wildcard-principal-weak-condition'] !== undefined) {
      if (
        !validate48(data['wildcard-principal-weak-condition'], {
          instancePath: instancePath + '/wildcard-principal-weak-condition',
          parentData: data,
          parentDataProperty: 'wildcard-principal-weak-condition',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['suppression-expired'] !== undefined) {
      if (
        !validate48(data['suppression-expired'], {
          instancePath: instancePath + '/suppression-expired',
          parentData: data,
          parentDataProperty: 'suppression-expired',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['suppression-without-reason'] !== undefined) {
      if (
        !validate48(data['suppression-without-reason'], {
          instancePath: instancePath + '/suppression-without-reason',
          parentData: data,
          parentDataProperty: 'suppression-without-reason',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['unknown-directive'] !== undefined) {
      if (
        !validate48(data['unknown-directive'], {
          instancePath: instancePath + '/unknown-directive',
          parentData: data,
          parentDataProperty: 'unknown-directive',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data['unused-suppression'] !== undefined) {
      if (
        !validate48(data['unused-suppression'], {
          instancePath: instancePath + '/unused-suppression',
          parentData: data,
          parentDataProperty: 'unused-suppression',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err16 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema17.type,
      parentSchema: schema17,
      data,
    };
    if (vErrors === null) {
      vErrors = [err16];
    } else {
      vErrors.push(err16);
    }
    errors++;
  }
  validate47.errors = vErrors;
  return errors === 0;
}

const schema20 = { enum: ['error', 'warning', 'info', 'none'] };

function validate103(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null;
  let errors = 0;
  if (!(data === 'error' || data === 'warning' || data === 'info' || data === 'none')) {
    const err0 = {
      instancePath,
      schemaPath: '#/enum',
      keyword: 'enum',
      params: { allowedValues: schema20.enum },
      message: 'must be equal to one of the allowed values',
      schema: schema20.enum,
      parentSchema: schema20,
      data,
    };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  validate103.errors = vErrors;
  return errors === 0;
}

const pattern4 = new RegExp('^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$', 'u');

function validate21(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  /*# sourceURL="config.schema.json" */ let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!func2.call(schema6.properties, key0)) {
        const err0 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema6,
          data,
        };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== undefined) {
      let data0 = data.$schema;
      if (typeof data0 !== 'string') {
        const err1 = {
          instancePath: instancePath + '/$schema',
          schemaPath: '#/properties/%24schema/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema6.properties.$schema.type,
          parentSchema: schema6.properties.$schema,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.extends !== undefined) {
      if (
        !validate22(data.extends, {
          instancePath: instancePath + '/extends',
          parentData: data,
          parentDataProperty: 'extends',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
        errors = vErrors.length;
      }
    }
    if (data.include !== undefined) {
      if (
        !validate24(data.include, {
          instancePath: instancePath + '/include',
          parentData: data,
          parentDataProperty: 'include',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
    if (data.exclude !== undefined) {
      if (
        !validate24(data.exclude, {
          instancePath: instancePath + '/exclude',
          parentData: data,
          parentDataProperty: 'exclude',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
    if (data.kinds !== undefined) {
      if (
        !validate27(data.kinds, {
          instancePath: instancePath + '/kinds',
          parentData: data,
          parentDataProperty: 'kinds',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
        errors = vErrors.length;
      }
    }
    if (data.account !== undefined) {
      if (
        !validate29(data.account, {
          instancePath: instancePath + '/account',
          parentData: data,
          parentDataProperty: 'account',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
        errors = vErrors.length;
      }
    }
    if (data.region !== undefined) {
      if (
        !validate31(data.region, {
          instancePath: instancePath + '/region',
          parentData: data,
          parentDataProperty: 'region',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
        errors = vErrors.length;
      }
    }
    if (data.partition !== undefined) {
      if (
        !validate33(data.partition, {
          instancePath: instancePath + '/partition',
          parentData: data,
          parentDataProperty: 'partition',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
        errors = vErrors.length;
      }
    }
    if (data.parameters !== undefined) {
      if (
        !validate35(data.parameters, {
          instancePath: instancePath + '/parameters',
          parentData: data,
          parentDataProperty: 'parameters',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
        errors = vErrors.length;
      }
    }
    if (data.organization !== undefined) {
      if (
        !validate37(data.organization, {
          instancePath: instancePath + '/organization',
          parentData: data,
          parentDataProperty: 'organization',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
        errors = vErrors.length;
      }
    }
    if (data.accounts !== undefined) {
      if (
        !validate39(data.accounts, {
          instancePath: instancePath + '/accounts',
          parentData: data,
          parentDataProperty: 'accounts',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
        errors = vErrors.length;
      }
    }
    if (data.trustZone !== undefined) {
      let data11 = data.trustZone;
      if (data11 && typeof data11 == 'object' && !Array.isArray(data11)) {
        for (const key1 in data11) {
          if (!(key1 === 'accounts' || key1 === 'services')) {
            const err2 = {
              instancePath: instancePath + '/trustZone',
              schemaPath: '#/properties/trustZone/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key1 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema6.properties.trustZone,
              data: data11,
            };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
        if (data11.accounts !== undefined) {
          if (
            !validate39(data11.accounts, {
              instancePath: instancePath + '/trustZone/accounts',
              parentData: data11,
              parentDataProperty: 'accounts',
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate39.errors : vErrors.concat(validate39.errors);
            errors = vErrors.length;
          }
        }
        if (data11.services !== undefined) {
          let data13 = data11.services;
          if (Array.isArray(data13)) {
            const len0 = data13.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data14 = data13[i0];
              if (typeof data14 === 'string') {
                if (!pattern4.test(data14)) {
                  const err3 = {
                    instancePath: instancePath + '/trustZone/services/' + i0,
                    schemaPath: '#/properties/trustZone/properties/services/items/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$' },
                    message:
                      'must match pattern "' + '^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$' + '"',
                    schema: '^[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?$',
                    parentSchema: schema6.properties.trustZone.properties.services.items,
                    data: data14,
                  };
                  if (vErrors === null) {
                    vErrors = [err3];
                  } else {
                    vErrors.push(err3);
                  }
                  errors++;
                }
              } else {
                const err4 = {
                  instancePath: instancePath + '/trustZone/services/' + i0,
                  schemaPath: '#/properties/trustZone/properties/services/items/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema6.properties.trustZone.properties.services.items.type,
                  parentSchema: schema6.properties.trustZone.properties.services.items,
                  data: data14,
                };
                if (vErrors === null) {
                  vErrors = [err4];
                } else {
                  vErrors.push(err4);
                }
                errors++;
              }
            }
          } else {
            const err5 = {
              instancePath: instancePath + '/trustZone/services',
              schemaPath: '#/properties/trustZone/properties/services/type',
              keyword: 'type',
              params: { type: 'array' },
              message: 'must be array',
              schema: schema6.properties.trustZone.properties.services.type,
              parentSchema: schema6.properties.trustZone.properties.services,
              data: data13,
            };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/trustZone',
          schemaPath: '#/properties/trustZone/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema6.properties.trustZone.type,
          parentSchema: schema6.properties.trustZone,
          data: data11,
        };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.deployers !== undefined) {
      let data15 = data.deployers;
      if (Array.isArray(data15)) {
        const len1 = data15.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (
            !validate43(data15[i1], {
              instancePath: instancePath + '/deployers/' + i1,
              parentData: data15,
              parentDataProperty: i1,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err7 = {
          instancePath: instancePath + '/deployers',
          schemaPath: '#/properties/deployers/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema6.properties.deployers.type,
          parentSchema: schema6.properties.deployers,
          data: data15,
        };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.ephemeral !== undefined) {
      if (
        !validate24(data.ephemeral, {
          instancePath: instancePath + '/ephemeral',
          parentData: data,
          parentDataProperty: 'ephemeral',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
        errors = vErrors.length;
      }
    }
    if (data.code !== undefined) {
      let data18 = data.code;
      if (data18 && typeof data18 == 'object' && !Array.isArray(data18)) {
        for (const key2 in data18) {
          if (
            !validate43(data18[key2], {
              instancePath: instancePath + '/code/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              parentData: data18,
              parentDataProperty: key2,
              rootData,
            })
          ) {
            vErrors = vErrors === null ? validate43.errors : vErrors.concat(validate43.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/code',
          schemaPath: '#/properties/code/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema6.properties.code.type,
          parentSchema: schema6.properties.code,
          data: data18,
        };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.rules !== undefined) {
      if (
        !validate47(data.rules, {
          instancePath: instancePath + '/rules',
          parentData: data,
          parentDataProperty: 'rules',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
        errors = vErrors.length;
      }
    }
    if (data.overrides !== undefined) {
      let data21 = data.overrides;
      if (Array.isArray(data21)) {
        const len2 = data21.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data22 = data21[i2];
          if (data22 && typeof data22 == 'object' && !Array.isArray(data22)) {
            if (data22.files === undefined) {
              const err9 = {
                instancePath: instancePath + '/overrides/' + i2,
                schemaPath: '#/properties/overrides/items/required',
                keyword: 'required',
                params: { missingProperty: 'files' },
                message: "must have required property '" + 'files' + "'",
                schema: schema6.properties.overrides.items.required,
                parentSchema: schema6.properties.overrides.items,
                data: data22,
              };
              if (vErrors === null) {
                vErrors = [err9];
              } else {
                vErrors.push(err9);
              }
              errors++;
            }
            for (const key3 in data22) {
              if (!(
                key3 === 'files' ||
                key3 === 'kinds' ||
                key3 === 'account' ||
                key3 === 'region' ||
                key3 === 'partition' ||
                key3 === 'parameters' ||
                key3 === 'organization' ||
                key3 === 'rules'
              )) {
                const err10 = {
                  instancePath: instancePath + '/overrides/' + i2,
                  schemaPath: '#/properties/overrides/items/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key3 },
                  message: 'must NOT have additional properties',
                  schema: false,
                  parentSchema: schema6.properties.overrides.items,
                  data: data22,
                };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
            }
            if (data22.files !== undefined) {
              if (
                !validate24(data22.files, {
                  instancePath: instancePath + '/overrides/' + i2 + '/files',
                  parentData: data22,
                  parentDataProperty: 'files',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
                errors = vErrors.length;
              }
            }
            if (data22.kinds !== undefined) {
              if (
                !validate27(data22.kinds, {
                  instancePath: instancePath + '/overrides/' + i2 + '/kinds',
                  parentData: data22,
                  parentDataProperty: 'kinds',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate27.errors : vErrors.concat(validate27.errors);
                errors = vErrors.length;
              }
            }
            if (data22.account !== undefined) {
              if (
                !validate29(data22.account, {
                  instancePath: instancePath + '/overrides/' + i2 + '/account',
                  parentData: data22,
                  parentDataProperty: 'account',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors);
                errors = vErrors.length;
              }
            }
            if (data22.region !== undefined) {
              if (
                !validate31(data22.region, {
                  instancePath: instancePath + '/overrides/' + i2 + '/region',
                  parentData: data22,
                  parentDataProperty: 'region',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate31.errors : vErrors.concat(validate31.errors);
                errors = vErrors.length;
              }
            }
            if (data22.partition !== undefined) {
              if (
                !validate33(data22.partition, {
                  instancePath: instancePath + '/overrides/' + i2 + '/partition',
                  parentData: data22,
                  parentDataProperty: 'partition',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
                errors = vErrors.length;
              }
            }
            if (data22.parameters !== undefined) {
              if (
                !validate35(data22.parameters, {
                  instancePath: instancePath + '/overrides/' + i2 + '/parameters',
                  parentData: data22,
                  parentDataProperty: 'parameters',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate35.errors : vErrors.concat(validate35.errors);
                errors = vErrors.length;
              }
            }
            if (data22.organization !== undefined) {
              if (
                !validate37(data22.organization, {
                  instancePath: instancePath + '/overrides/' + i2 + '/organization',
                  parentData: data22,
                  parentDataProperty: 'organization',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate37.errors : vErrors.concat(validate37.errors);
                errors = vErrors.length;
              }
            }
            if (data22.rules !== undefined) {
              if (
                !validate47(data22.rules, {
                  instancePath: instancePath + '/overrides/' + i2 + '/rules',
                  parentData: data22,
                  parentDataProperty: 'rules',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err11 = {
              instancePath: instancePath + '/overrides/' + i2,
              schemaPath: '#/properties/overrides/items/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema6.properties.overrides.items.type,
              parentSchema: schema6.properties.overrides.items,
              data: data22,
            };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
      } else {
        const err12 = {
          instancePath: instancePath + '/overrides',
          schemaPath: '#/properties/overrides/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema6.properties.overrides.type,
          parentSchema: schema6.properties.overrides,
          data: data21,
        };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.suppressions !== undefined) {
      let data31 = data.suppressions;
      if (Array.isArray(data31)) {
        const len3 = data31.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data32 = data31[i3];
          if (data32 && typeof data32 == 'object' && !Array.isArray(data32)) {
            if (data32.rules === undefined) {
              const err13 = {
                instancePath: instancePath + '/suppressions/' + i3,
                schemaPath: '#/properties/suppressions/items/required',
                keyword: 'required',
                params: { missingProperty: 'rules' },
                message: "must have required property '" + 'rules' + "'",
                schema: schema6.properties.suppressions.items.required,
                parentSchema: schema6.properties.suppressions.items,
                data: data32,
              };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
            if (data32.files === undefined) {
              const err14 = {
                instancePath: instancePath + '/suppressions/' + i3,
                schemaPath: '#/properties/suppressions/items/required',
                keyword: 'required',
                params: { missingProperty: 'files' },
                message: "must have required property '" + 'files' + "'",
                schema: schema6.properties.suppressions.items.required,
                parentSchema: schema6.properties.suppressions.items,
                data: data32,
              };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            for (const key4 in data32) {
              if (!(
                key4 === 'rules' ||
                key4 === 'files' ||
                key4 === 'reason' ||
                key4 === 'until'
              )) {
                const err15 = {
                  instancePath: instancePath + '/suppressions/' + i3,
                  schemaPath: '#/properties/suppressions/items/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key4 },
                  message: 'must NOT have additional properties',
                  schema: false,
                  parentSchema: schema6.properties.suppressions.items,
                  data: data32,
                };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
            }
            if (data32.rules !== undefined) {
              let data33 = data32.rules;
              if (Array.isArray(data33)) {
                if (data33.length < 1) {
                  const err16 = {
                    instancePath: instancePath + '/suppressions/' + i3 + '/rules',
                    schemaPath: '#/properties/suppressions/items/properties/rules/minItems',
                    keyword: 'minItems',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 items',
                    schema: 1,
                    parentSchema: schema6.properties.suppressions.items.properties.rules,
                    data: data33,
                  };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
                const len4 = data33.length;
                for (let i4 = 0; i4 < len4; i4++) {
                  let data34 = data33[i4];
                  if (typeof data34 !== 'string') {
                    const err17 = {
                      instancePath: instancePath + '/suppressions/' + i3 + '/rules/' + i4,
                      schemaPath: '#/properties/suppressions/items/properties/rules/items/type',
                      keyword: 'type',
                      params: { type: 'string' },
                      message: 'must be string',
                      schema: schema6.properties.suppressions.items.properties.rules.items.type,
                      parentSchema: schema6.properties.suppressions.items.properties.rules.items,
                      data: data34,
                    };
                    if (vErrors === null) {
                      vErrors = [err17];
                    } else {
                      vErrors.push(err17);
                    }
                    errors++;
                  }
                }
              } else {
                const err18 = {
                  instancePath: instancePath + '/suppressions/' + i3 + '/rules',
                  schemaPath: '#/properties/suppressions/items/properties/rules/type',
                  keyword: 'type',
                  params: { type: 'array' },
                  message: 'must be array',
                  schema: schema6.properties.suppressions.items.properties.rules.type,
                  parentSchema: schema6.properties.suppressions.items.properties.rules,
                  data: data33,
                };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
            if (data32.files !== undefined) {
              if (
                !validate24(data32.files, {
                  instancePath: instancePath + '/suppressions/' + i3 + '/files',
                  parentData: data32,
                  parentDataProperty: 'files',
                  rootData,
                })
              ) {
                vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
                errors = vErrors.length;
              }
            }
            if (data32.reason !== undefined) {
              let data36 = data32.reason;
              if (typeof data36 !== 'string') {
                const err19 = {
                  instancePath: instancePath + '/suppressions/' + i3 + '/reason',
                  schemaPath: '#/properties/suppressions/items/properties/reason/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema6.properties.suppressions.items.properties.reason.type,
                  parentSchema: schema6.properties.suppressions.items.properties.reason,
                  data: data36,
                };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data32.until !== undefined) {
              let data37 = data32.until;
              if (typeof data37 !== 'string') {
                const err20 = {
                  instancePath: instancePath + '/suppressions/' + i3 + '/until',
                  schemaPath: '#/properties/suppressions/items/properties/until/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema6.properties.suppressions.items.properties.until.type,
                  parentSchema: schema6.properties.suppressions.items.properties.until,
                  data: data37,
                };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
          } else {
            const err21 = {
              instancePath: instancePath + '/suppressions/' + i3,
              schemaPath: '#/properties/suppressions/items/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema6.properties.suppressions.items.type,
              parentSchema: schema6.properties.suppressions.items,
              data: data32,
            };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = {
          instancePath: instancePath + '/suppressions',
          schemaPath: '#/properties/suppressions/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema6.properties.suppressions.type,
          parentSchema: schema6.properties.suppressions,
          data: data31,
        };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.failOn !== undefined) {
      if (
        !validate103(data.failOn, {
          instancePath: instancePath + '/failOn',
          parentData: data,
          parentDataProperty: 'failOn',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
        errors = vErrors.length;
      }
    }
    if (data.gate !== undefined) {
      let data39 = data.gate;
      if (data39 && typeof data39 == 'object' && !Array.isArray(data39)) {
        for (const key5 in data39) {
          if (!(key5 === 'failOn')) {
            const err23 = {
              instancePath: instancePath + '/gate',
              schemaPath: '#/properties/gate/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key5 },
              message: 'must NOT have additional properties',
              schema: false,
              parentSchema: schema6.properties.gate,
              data: data39,
            };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
        if (data39.failOn !== undefined) {
          let data40 = data39.failOn;
          if (Array.isArray(data40)) {
            const len5 = data40.length;
            for (let i5 = 0; i5 < len5; i5++) {
              let data41 = data40[i5];
              if (!(
                data41 === 'error' ||
                data41 === 'warning' ||
                data41 === 'info' ||
                data41 === 'none' ||
                data41 === 'broadening' ||
                data41 === 'broadening:decrypt' ||
                data41 === 'broadening:admin' ||
                data41 === 'broadening:cross-account' ||
                data41 === 'broadening:public' ||
                data41 === 'unknown'
              )) {
                const err24 = {
                  instancePath: instancePath + '/gate/failOn/' + i5,
                  schemaPath: '#/properties/gate/properties/failOn/items/enum',
                  keyword: 'enum',
                  params: { allowedValues: schema6.properties.gate.properties.failOn.items.enum },
                  message: 'must be equal to one of the allowed values',
                  schema: schema6.properties.gate.properties.failOn.items.enum,
                  parentSchema: schema6.properties.gate.properties.failOn.items,
                  data: data41,
                };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
            }
          } else {
            const err25 = {
              instancePath: instancePath + '/gate/failOn',
              schemaPath: '#/properties/gate/properties/failOn/type',
              keyword: 'type',
              params: { type: 'array' },
              message: 'must be array',
              schema: schema6.properties.gate.properties.failOn.type,
              parentSchema: schema6.properties.gate.properties.failOn,
              data: data40,
            };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
      } else {
        const err26 = {
          instancePath: instancePath + '/gate',
          schemaPath: '#/properties/gate/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema6.properties.gate.type,
          parentSchema: schema6.properties.gate,
          data: data39,
        };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
  } else {
    const err27 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema6.type,
      parentSchema: schema6,
      data,
    };
    if (vErrors === null) {
      vErrors = [err27];
    } else {
      vErrors.push(err27);
    }
    errors++;
  }
  validate21.errors = vErrors;
  return errors === 0;
}

const baseline = validate105;
const schema21 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'baseline.schema.json',
  title: 'A baseline: findings of one day that count for nothing until they are gone',
  type: 'object',
  required: ['version', 'findings'],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    findings: {
      type: 'array',
      description: 'One entry a finding, sorted; two findings alike are two entries.',
      items: {
        type: 'object',
        required: ['fingerprint', 'rule', 'path'],
        additionalProperties: false,
        properties: {
          fingerprint: {
            type: 'string',
            pattern: '^[0-9a-f]{64}$',
            description: 'a fingerprint of 64 lower-case hex digits',
          },
          rule: { type: 'string', description: 'For reviewers; the fingerprint decides.' },
          path: {
            type: 'string',
            description: 'For reviewers, relative to the baseline; the fingerprint decides.',
          },
        },
      },
    },
  },
};
const pattern6 = new RegExp('^[0-9a-f]{64}$', 'u');

function validate105(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  /*# sourceURL="baseline.schema.json" */ let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.version === undefined) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'version' },
        message: "must have required property '" + 'version' + "'",
        schema: schema21.required,
        parentSchema: schema21,
        data,
      };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.findings === undefined) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'findings' },
        message: "must have required property '" + 'findings' + "'",
        schema: schema21.required,
        parentSchema: schema21,
        data,
      };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === 'version' || key0 === 'findings')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: false,
          parentSchema: schema21,
          data,
        };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.version !== undefined) {
      let data0 = data.version;
      if (1 !== data0) {
        const err3 = {
          instancePath: instancePath + '/version',
          schemaPath: '#/properties/version/const',
          keyword: 'const',
          params: { allowedValue: 1 },
          message: 'must be equal to constant',
          schema: 1,
          parentSchema: schema21.properties.version,
          data: data0,
        };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.findings !== undefined) {
      let data1 = data.findings;
      if (Array.isArray(data1)) {
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (data2 && typeof data2 == 'object' && !Array.isArray(data2)) {
            if (data2.fingerprint === undefined) {
              const err4 = {
                instancePath: instancePath + '/findings/' + i0,
                schemaPath: '#/properties/findings/items/required',
                keyword: 'required',
                params: { missingProperty: 'fingerprint' },
                message: "must have required property '" + 'fingerprint' + "'",
                schema: schema21.properties.findings.items.required,
                parentSchema: schema21.properties.findings.items,
                data: data2,
              };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
            if (data2.rule === undefined) {
              const err5 = {
                instancePath: instancePath + '/findings/' + i0,
                schemaPath: '#/properties/findings/items/required',
                keyword: 'required',
                params: { missingProperty: 'rule' },
                message: "must have required property '" + 'rule' + "'",
                schema: schema21.properties.findings.items.required,
                parentSchema: schema21.properties.findings.items,
                data: data2,
              };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            if (data2.path === undefined) {
              const err6 = {
                instancePath: instancePath + '/findings/' + i0,
                schemaPath: '#/properties/findings/items/required',
                keyword: 'required',
                params: { missingProperty: 'path' },
                message: "must have required property '" + 'path' + "'",
                schema: schema21.properties.findings.items.required,
                parentSchema: schema21.properties.findings.items,
                data: data2,
              };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            for (const key1 in data2) {
              if (!(key1 === 'fingerprint' || key1 === 'rule' || key1 === 'path')) {
                const err7 = {
                  instancePath: instancePath + '/findings/' + i0,
                  schemaPath: '#/properties/findings/items/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key1 },
                  message: 'must NOT have additional properties',
                  schema: false,
                  parentSchema: schema21.properties.findings.items,
                  data: data2,
                };
                if (vErrors === null) {
                  vErrors = [err7];
                } else {
                  vErrors.push(err7);
                }
                errors++;
              }
            }
            if (data2.fingerprint !== undefined) {
              let data3 = data2.fingerprint;
              if (typeof data3 === 'string') {
                if (!pattern6.test(data3)) {
                  const err8 = {
                    instancePath: instancePath + '/findings/' + i0 + '/fingerprint',
                    schemaPath: '#/properties/findings/items/properties/fingerprint/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[0-9a-f]{64}$' },
                    message: 'must match pattern "' + '^[0-9a-f]{64}$' + '"',
                    schema: '^[0-9a-f]{64}$',
                    parentSchema: schema21.properties.findings.items.properties.fingerprint,
                    data: data3,
                  };
                  if (vErrors === null) {
                    vErrors = [err8];
                  } else {
                    vErrors.push(err8);
                  }
                  errors++;
                }
              } else {
                const err9 = {
                  instancePath: instancePath + '/findings/' + i0 + '/fingerprint',
                  schemaPath: '#/properties/findings/items/properties/fingerprint/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema21.properties.findings.items.properties.fingerprint.type,
                  parentSchema: schema21.properties.findings.items.properties.fingerprint,
                  data: data3,
                };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data2.rule !== undefined) {
              let data4 = data2.rule;
              if (typeof data4 !== 'string') {
                const err10 = {
                  instancePath: instancePath + '/findings/' + i0 + '/rule',
                  schemaPath: '#/properties/findings/items/properties/rule/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema21.properties.findings.items.properties.rule.type,
                  parentSchema: schema21.properties.findings.items.properties.rule,
                  data: data4,
                };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
            }
            if (data2.path !== undefined) {
              let data5 = data2.path;
              if (typeof data5 !== 'string') {
                const err11 = {
                  instancePath: instancePath + '/findings/' + i0 + '/path',
                  schemaPath: '#/properties/findings/items/properties/path/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema21.properties.findings.items.properties.path.type,
                  parentSchema: schema21.properties.findings.items.properties.path,
                  data: data5,
                };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
          } else {
            const err12 = {
              instancePath: instancePath + '/findings/' + i0,
              schemaPath: '#/properties/findings/items/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema21.properties.findings.items.type,
              parentSchema: schema21.properties.findings.items,
              data: data2,
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = {
          instancePath: instancePath + '/findings',
          schemaPath: '#/properties/findings/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema21.properties.findings.type,
          parentSchema: schema21.properties.findings,
          data: data1,
        };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
  } else {
    const err14 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema21.type,
      parentSchema: schema21,
      data,
    };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate105.errors = vErrors;
  return errors === 0;
}

/** Checks by the schemas of the same names. */
export const validators = { config, baseline };
