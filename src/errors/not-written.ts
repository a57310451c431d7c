// Why a file could not be written, as text.

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'the limit of file sizes is reached',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such folder',
  ENOTDIR: 'a parent folder is a file',
  EEXIST: 'a parent folder is a file',
  EISDIR: 'it is a folder',
};

/** The reason of an error of the file system, to follow a colon; undefined for other errors. */
export function whyNotWritten(error: unknown): string | undefined {
  return REASONS[(error as NodeJS.ErrnoException).code ?? ''];
}
