package dev.sightline.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML into {@link Node}s, keeping the place of each. */
public final class YamlReader {
    private static final int LARGEST = 1024 * 1024;

    private YamlReader() {}

    /**
     * The document as nodes, nothing in it filled in; an empty document is an empty mapping.
     *
     * @param file how messages name the text
     * @throws ConfigException if the text is no YAML
     */
    public static Node read(String text, String file, Problems problems) {
        return read(text, file, problems, Values.none());
    }

    /**
     * The document as nodes; an empty document is an empty mapping.
     *
     * @param file how messages name the text
     * @param values what values may take from elsewhere
     * @throws ConfigException if the text is no YAML; the message says where, and what is the cause
     */
    public static Node read(String text, String file, Problems problems, Values values) {
        if (text.length() > LARGEST) {
            throw new ConfigException(file + " is larger than 1 MB: that is no configuration");
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        try {
            return new YamlComposer(new Parse(settings).parseString(text).iterator(), file, problems, values)
                    .document();
        } catch (MarkedYamlEngineException e) {
            throw YamlFault.of(e, text, file);
        } catch (ReaderException e) {
            throw YamlFault.of(e, text, file);
        } catch (YamlEngineException e) {
            throw new ConfigException(file + ": this is no YAML: " + e.getMessage());
        }
    }
}
