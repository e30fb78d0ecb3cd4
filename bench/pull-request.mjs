import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const templates = 200;
const bytesEach = 20_000;

/** A folder with CloudFormation templates as a repository of services has them, some with mistakes. */
export function writeTemplates() {
  const folder = mkdtempSync(join(tmpdir(), 'keyproof-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  for (let index = 0; index < templates; index += 1) {
    const service = join(folder, `service-${index}`);
    mkdirSync(service);
    writeFileSync(join(service, 'template.yaml'), templateOf(index));
  }
  return folder;
}

function templateOf(index) {
  const parts = [`Description: service ${index}\nResources:`, keyOf(index), roleOf(index, 0)];
  let length = parts.join('\n').length;
  for (let count = 1; length < bytesEach; count += 1) {
    const part = count % 4 === 0 ? roleOf(index, count) : queueOf(index, count);
    parts.push(part);
    length += part.length + 1;
  }
  return `${parts.join('\n')}\n`;
}

function keyOf(index) {
  // In one of ten somebody forgot a condition.
  const principal = index % 10 === 0 ? '"*"' : '{ AWS: !GetAtt Role0.Arn }';
  return `  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: data of service ${index}
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Sid: Administration
            Effect: Allow
            Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }
            Action: kms:*
            Resource: "*"
          - Sid: Use
            Effect: Allow
            Principal: ${principal}
            Action: [kms:Decrypt, kms:GenerateDataKey]
            Resource: "*"`;
}

function roleOf(index, count) {
  return `  Role${count}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      Policies:
        - PolicyName: service-${index}-${count}
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action: [kms:Decrypt, kms:GenerateDataKey]
                Resource: !GetAtt Key.Arn
              - Effect: Allow
                Action: [sqs:SendMessage, sqs:ReceiveMessage]
                Resource: !Sub "arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:service-${index}-*"`;
}

function queueOf(index, count) {
  return `  Queue${count}:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: service-${index}-queue-${count}
      KmsMasterKeyId: !Ref Key
      VisibilityTimeout: 60
      RedrivePolicy:
        maxReceiveCount: 5
        deadLetterTargetArn: !Sub "arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:service-${index}-dead"
      Tags:
        - { Key: service, Value: service-${index} }
        - { Key: purpose, Value: events of kind ${count} }`;
}
