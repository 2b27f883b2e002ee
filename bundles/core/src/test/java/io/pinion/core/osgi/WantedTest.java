package io.pinion.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

class WantedTest {
    private static Wanted wanted(String namespace, String filter) {
        Map<String, String> directives = filter.isEmpty() ? Map.of() : Map.of("filter", filter);
        return Wanted.of(new Requirement() {
            @Override
            public String getNamespace() {
                return namespace;
            }

            @Override
            public Map<String, String> getDirectives() {
                return directives;
            }

            @Override
            public Map<String, Object> getAttributes() {
                return Map.of();
            }

            @Override
            public Resource getResource() {
                return null;
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "osgi.wiring.package ; (osgi.wiring.package=a.b) ; imports a.b",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=1.1.0)))"
                        + " ; imports a.b [1.0.0,1.1.0)",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(!(version<=1.0.0))(version<=2.0.0))"
                        + " ; imports a.b (1.0.0,2.0.0]",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(version>=1.2)) ; imports a.b 1.2 or newer",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(!(version<=1.2))) ; imports a.b newer than 1.2",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(!(version>=2))) ; imports a.b [0,2)",
                "osgi.wiring.package ; (&(osgi.wiring.package=a.b)(version>=1)(vendor=x))"
                        + " ; imports a.b (&(osgi.wiring.package=a.b)(version>=1)(vendor=x))",
                "osgi.wiring.bundle ; (&(osgi.wiring.bundle=x.y)(bundle-version>=3.0.0)) ; requires bundle x.y 3.0.0 or newer",
                "osgi.ee ; (&(osgi.ee=JavaSE)(version=21)) ; is built for JavaSE 21",
                "osgi.ee ; (|(&(osgi.ee=JavaSE)(version=8))(&(osgi.ee=JavaSE)(version=11)))"
                        + " ; is built for JavaSE (|(&(osgi.ee=JavaSE)(version=8))(&(osgi.ee=JavaSE)(version=11)))",
                "osgi.extender ; (osgi.extender=osgi.component) ; requires osgi.extender osgi.component",
                "com.example.key ; (size>=7) ; requires com.example.key (size>=7)"
            })
    void aFilterIsSaidInWords(String namespace, String filter, String words) {
        assertEquals(words, wanted(namespace, filter).toString());
    }

    @Test
    void aRequirementWithoutAFilterIsJustItsSort() {
        assertEquals("requires com.example.key", wanted("com.example.key", "").toString());
        assertTrue(wanted("com.example.key", "").inAnyVersion().isEmpty());
    }

    @Test
    void whatThereIsIsSoughtByNameAlone() {
        Requirement any = wanted("osgi.wiring.package", "(&(osgi.wiring.package=a.b)(version>=1.0.0))")
                .inAnyVersion()
                .orElseThrow();
        assertEquals("osgi.wiring.package", any.getNamespace());
        assertEquals("(osgi.wiring.package=a.b)", any.getDirectives().get("filter"));
    }
}
