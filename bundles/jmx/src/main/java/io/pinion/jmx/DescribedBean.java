package io.pinion.jmx;

import java.util.Arrays;
import java.util.Optional;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.StandardMBean;

/** An MXBean that says what its attributes and operations mean, by the {@link Description}s of its interface. */
final class DescribedBean<T> extends StandardMBean {
    DescribedBean(T bean, Class<T> type) {
        super(bean, type, true);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        Description description = getMBeanInterface().getAnnotation(Description.class);
        return description == null ? super.getDescription(info) : description.value();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return description((info.isIs() ? "is" : "get") + info.getName()).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return description(info.getName()).orElseGet(() -> super.getDescription(info));
    }

    private Optional<String> description(String method) {
        return Arrays.stream(getMBeanInterface().getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> candidate.getAnnotation(Description.class))
                .filter(found -> found != null)
                .map(Description::value)
                .findFirst();
    }
}
