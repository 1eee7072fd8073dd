"""What a machine may refuse, whatever is asked of it, with the way out."""

import errno

REMEDIES = {
    errno.EACCES: "name a place you may use",
    errno.EPERM: "name a place you may use",
    errno.EROFS: "name a place you may use",
    errno.ENOSPC: "free some disk space, or name another disk",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EIO: "look after the disk",
}
