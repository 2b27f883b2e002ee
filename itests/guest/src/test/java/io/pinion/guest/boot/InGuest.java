package io.pinion.guest.boot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that run in the guest. It is there twice: in the guest it is a class of tests like any other; in the build
 * each of its tests waits for what came of it in the guest, and passes, fails or is skipped accordingly. So arguments of tests
 * must come out the same here and there, and constructors do nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(GuestExtension.class)
public @interface InGuest {}
