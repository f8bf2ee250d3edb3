/** Lets every call through only after a proof that it may still be made. */
export function fenced<Writer extends object>(writer: Writer, prove: () => Promise<unknown>): Writer {
  return new Proxy(writer, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return async (...parameters: readonly unknown[]) => {
        await prove();
        return method.apply(target, parameters);
      };
    },
  });
}
