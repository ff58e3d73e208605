package dev.sightline.app.configuration;

import dev.sightline.auth.AuthSettings;
import dev.sightline.config.Brief;
import dev.sightline.processor.Parameter;
import dev.sightline.source.EgressSettings;

/**
 * What holds for the server as a whole.
 *
 * @param egress where sources may lead that the API adds or changes
 * @param auth who may do what
 * @param log how the program writes its log
 * @param workers the worker processes
 */
public record ServerSettings(
        @Parameter(
                "Where sources may lead that the API adds or changes, besides hosts that are not near this computer.")
        EgressSettings egress,

        @Brief("mode") @Parameter("Who may do what.") AuthSettings auth,

        @Parameter(
                value = "How the program writes its log: text, or json with one object per line.",
                byDefault = "text")
        LogFormat log,

        @Brief("shared") @Parameter("The worker processes that streams run in.")
        WorkersConfig workers) {

    /** The defaults of all. */
    public static final ServerSettings DEFAULTS =
            new ServerSettings(EgressSettings.DEFAULTS, AuthSettings.DEFAULTS, LogFormat.TEXT, WorkersConfig.DEFAULTS);
}
