package io.pinion.advisor.auto;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code strategy=auto}, and the one home of their defaults. */
@ObjectClassDefinition(
        id = AutoChooser.PID,
        name = "Pinion: strategy auto",
        description = "How volumes with strategy=auto are chosen for. A change takes effect at once.")
public @interface AutoConfiguration {
    /** Default of {@code moves.per.hour}. */
    int MOVES_PER_HOUR = 6;

    /** {@return the limit} */
    @AttributeDefinition(
            name = "Moves per hour",
            description =
                    "How many swaps are made for one volume in an hour, at most: 2 to 1000. A trial that is lost takes"
                            + " two, there and back.",
            required = false,
            min = "2",
            max = "1000")
    int moves_per_hour() default MOVES_PER_HOUR;
}
