/** `fetch` that follows no redirect and takes in no more than `most` bytes of an answer, unpacked. */
export function limitedFetch(most: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error' });
    const { body, status, statusText, headers } = response;
    return body === null ? response : new Response(body.pipeThrough(upTo(most)), { status, statusText, headers });
  };
}

function upTo(most: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let taken = 0;
  return new TransformStream({
    transform(chunk, controller) {
      taken += chunk.byteLength;
      if (taken > most) controller.error(new RangeError(`the answer has more than ${most} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
