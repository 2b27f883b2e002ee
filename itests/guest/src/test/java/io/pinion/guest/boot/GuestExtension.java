package io.pinion.guest.boot;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Has tests of a class {@link InGuest} run in the guest, and reports here what came of them. In the guest it does nothing. */
final class GuestExtension implements ExecutionCondition, InvocationInterceptor {
    /** Where a machine can't have a guest, tests are skipped; but not where all are to be run. */
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("CI"));

    private static final boolean INSIDE = Boolean.getBoolean(GuestTests.INSIDE);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (INSIDE || REQUIRED) {
            return ConditionEvaluationResult.enabled("to be run in any case");
        }
        Optional<String> missing = Needs.missing();
        return missing.map(what -> ConditionEvaluationResult.disabled("needs " + what))
                .orElseGet(() -> ConditionEvaluationResult.enabled("there can be a guest"));
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        insideAlone(invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        insideAlone(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        insideAlone(invocation);
    }

    /** What fails behind the tests of a class is nobody's but the class's. */
    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private static void insideAlone(Invocation<Void> invocation) throws Throwable {
        if (INSIDE) {
            invocation.proceed();
        } else {
            invocation.skip();
        }
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        insideAlone(invocation);
        if (!INSIDE) {
            Guest.running().result(context.getUniqueId()).repeat();
        }
    }
}
