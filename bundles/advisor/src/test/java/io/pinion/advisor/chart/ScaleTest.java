package io.pinion.advisor.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void linearMarksGoFromZeroToTheFirstBeyondTheMost() {
        Scale scale = Scale.linear(117, 100, 300);
        assertEquals(List.of(0.0, 50.0, 100.0, 150.0), scale.marks());
        assertEquals(100, scale.at(0));
        assertEquals(400, scale.at(150));
    }

    @Test
    void linearMarksGoAroundZeroWhereValuesAreNegative() {
        assertEquals(
                List.of(-50.0, 0.0, 50.0, 100.0, 150.0),
                Scale.linear(-20, 117, 0, 100).marks());
        assertEquals(
                List.of(-20.0, -15.0, -10.0, -5.0, 0.0),
                Scale.linear(-20, -10, 0, 100).marks());
    }

    @Test
    void oneValueHasAnAxisToo() {
        assertEquals(List.of(0.0, 0.2), Scale.linear(0, 0, 0, 100).marks());
        assertEquals(List.of(1.0, 2.0), Scale.logarithmic(1, 1, 0, 100).marks());
    }

    @Test
    void logarithmicMarksEncloseTheValues() {
        Scale scale = Scale.logarithmic(0.3, 3, 0, 100);
        assertEquals(List.of(0.2, 0.5, 1.0, 2.0, 5.0), scale.marks());
        assertEquals(50, scale.at(1), 1e-6);
    }

    @Test
    void crowdedMarksHaveTextAtTheDecadesAlone() {
        Scale scale = Scale.logarithmic(0.3, 3000, 0, 300);
        assertEquals(List.of(1.0, 10.0, 100.0, 1000.0), scale.labelled(36));
        assertEquals(scale.marks(), scale.labelled(10));
    }

    @Test
    void anAxisMayGoUpwards() {
        Scale scale = Scale.logarithmic(1, 100, 250, -200);
        assertEquals(250, scale.at(1), 1e-6);
        assertEquals(50, scale.at(100), 1e-6);
        assertEquals(scale.marks(), scale.labelled(10));
    }

    @Test
    void numbersAreShort() {
        assertEquals("−12.5 k", Scale.text(-12_500));
        assertEquals("0", Scale.text(0));
        assertEquals("0.85", Scale.text(0.85));
        assertEquals("5770", Scale.text(5768));
        assertEquals("88.3 k", Scale.text(88_285));
        assertEquals("13.8 M", Scale.text(13_773_321));
    }
}
