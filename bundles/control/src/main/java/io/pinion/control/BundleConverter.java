package io.pinion.control;

import java.util.stream.Stream;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Lets {@code stop} and {@code update} take a bundle by number or symbolic name ({@code start} takes anything but a number
 * for an address). Gogo's own converter comes with its terminal, which a server does not have.
 */
@Component(property = "osgi.converter.classes=org.osgi.framework.Bundle")
public final class BundleConverter implements Converter {
    private final BundleContext context;

    @Activate
    public BundleConverter(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object convert(Class<?> desired, Object value) {
        if (desired != Bundle.class || !(value instanceof Number || value instanceof CharSequence)) {
            return null;
        }
        String text = value.toString();
        return Stream.of(context.getBundles())
                .filter(bundle ->
                        Long.toString(bundle.getBundleId()).equals(text) || text.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public CharSequence format(Object value, int level, Converter escape) {
        return null;
    }
}
