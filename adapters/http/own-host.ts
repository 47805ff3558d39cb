/** The host that a request is meant for: whether it is a name that only this machine has for itself. */

/**
 * A page of the web may give its own name the address 127.0.0.1 and then read whatever listens there; its requests
 * still carry that name.
 */
export const isOwnHost = (host: string | undefined): boolean =>
  host === undefined || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);
