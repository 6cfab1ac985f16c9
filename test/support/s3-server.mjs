import S3rver from '@20minutes/s3rver';

// A store that speaks S3, with one bucket; the argument is its folder. It says where it listens.
const [directory, name] = process.argv.slice(2);
// its canonical path of a bucket lacks a slash, so that it takes the signature of a list for a wrong one
const options = { directory, address: '127.0.0.1', port: 0, silent: true, allowMismatchedSignatures: true };
const { port } = await new S3rver({ ...options, configureBuckets: [{ name }] }).run();
console.log(`http://127.0.0.1:${port}`);
