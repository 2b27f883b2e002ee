package io.pinion.core.config;

/** What a volume does about others who use the block device that it is to claim. */
public enum Claiming {
    /** It is refused. */
    EXCLUSIVE,
    /** It is claimed beside them, where the kernel lets it. */
    FORCE
}
