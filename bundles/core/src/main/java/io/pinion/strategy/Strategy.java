package io.pinion.strategy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Sets the service properties by which core knows an {@link IoStrategy}, and has the bundle provide the capability
 * {@code pinion.strategy}, so that a resolver can find the driver by its name. Put it beside {@code @Component}:
 *
 * <pre>{@code
 * @Component(service = IoStrategy.class)
 * @Strategy("sealed")
 * public final class SealedStrategy implements IoStrategy { … }
 * }</pre>
 */
@ComponentPropertyType
@Capability(namespace = "pinion.strategy")
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Strategy {
    /** The prefix of the property names: {@code pinion.strategy}, {@code pinion.strategy.schemes} … */
    String PREFIX_ = "pinion.";

    /** {@return the name that operators write into a volume's configuration} */
    @Attribute("pinion.strategy")
    String value();

    /** {@return the schemes of the targets that it serves} */
    @Attribute("pinion.strategy.schemes")
    String[] strategy_schemes() default {"path"};

    /** {@return {@code positional} or {@code tape}; see {@link Shape}} */
    @Attribute("pinion.strategy.shape")
    String strategy_shape() default "positional";
}
