/** Why a file or folder that is there cannot be read, such as for want of permission. */
export interface Unreadable {
  readonly unreadable: string;
}

/** The port through which loaders see files: a disk, a git tree, standard input, or a test's map. */
export interface Files {
  /** The bytes of a file; `undefined` if there is none. */
  read(path: string): Uint8Array | Unreadable | undefined;
  /** The names in a folder, those of folders with a trailing `/`; empty if there is no such folder. */
  list(folder: string): readonly string[] | Unreadable;
}
