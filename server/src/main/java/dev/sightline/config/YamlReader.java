package dev.sightline.config;

import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML into {@link Node}s with their places. */
public final class YamlReader {
    private static final int LARGEST = 1024 * 1024;

    private YamlReader() {}

    /**
     * The document as nodes, with nothing filled in; an empty document is an empty mapping.
     *
     * @param file the text's name in messages
     * @throws ConfigException if the text is not YAML
     */
    public static Node read(String text, String file, Problems problems) {
        return read(text, file, problems, Values.none());
    }

    /**
     * The document as nodes; an empty document is an empty mapping.
     *
     * @param file the text's name in messages
     * @param values fills in values from elsewhere
     * @throws ConfigException if the text is not YAML; the message says where, and what is the cause
     */
    public static Node read(String text, String file, Problems problems, Values values) {
        return read(text, file, problems, scalar -> values.fill(scalar, problems), YamlComposer::document);
    }

    /**
     * The document as it is written: with references to the environment as text, and with the user's own keys.
     *
     * @throws ConfigException if the text is not YAML
     */
    public static Node asWritten(String text, String file, Problems problems) {
        return read(text, file, problems, scalar -> scalar, YamlComposer::whole);
    }

    private static Node read(
            String text,
            String file,
            Problems problems,
            Function<Node.Scalar, Node> fill,
            Function<YamlComposer, Node> document) {
        if (text.length() > LARGEST) {
            throw new ConfigException(file + " is larger than 1 MB: that is not a configuration");
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        try {
            ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
            return document.apply(new YamlComposer(parser, file, problems, fill));
        } catch (MarkedYamlEngineException e) {
            throw YamlFault.of(e, text, file);
        } catch (ReaderException e) {
            throw YamlFault.of(e, text, file);
        } catch (YamlVersionException e) {
            throw new ConfigException(new Place(file, 1, 1).before("leave out the line %YAML: YAML 1.2 is read here"));
        } catch (YamlEngineException e) {
            throw new ConfigException(file + ": this is not YAML: " + e.getMessage());
        }
    }
}
