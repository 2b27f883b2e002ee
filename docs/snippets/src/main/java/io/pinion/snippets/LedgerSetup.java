package io.pinion.snippets;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A component that configures a volume, where no operator does. */
@Component(service = LedgerSetup.class, immediate = true)
public final class LedgerSetup {
    @Activate
    public LedgerSetup(@Reference ConfigurationAdmin admin, BundleContext context) throws IOException {
        Configuration ledger = admin.getFactoryConfiguration("io.pinion.volume", "ledger", "?");
        if (ledger.getProperties() == null) { // else it is an operator's by now
            ledger.update(new Hashtable<>(Map.of(
                    "target", context.getProperty("ledger.file"), "strategy", "direct,buffered", "size", "64MiB")));
        }
    }
}
