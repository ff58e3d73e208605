package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {
    private static final String CAMERA = "198.51.100.20";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.3.4",
                "0.0.0.0",
                "0.1.2.3",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "169.254.169.254",
                "169.254.1.1",
                "fe80::1",
                "::ffff:169.254.1.1",
                "64:ff9b::a9fe:a9fe",
                "224.0.0.1",
                "239.1.2.3",
                "ff02::1",
                "255.255.255.255",
                "240.0.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fd00:ec2::254",
                "64:ff9b:1::7f00:1",
                "2001:0:c000:201::80ff:fffe",
                "2001:db8::5efe:a9fe:a9fe"
            })
    void allows_cameraElsewhereThatLeadsToThisComputerOrALink_no(String target) throws Exception {
        assertThat(rule(CAMERA).allows(InetAddress.getByName(target))).isFalse();
        assertThat(rule(CAMERA).allowsNumber(target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "192.168.1.9", "10.0.0.1", "fd00::9", "2001:db8::1", "64:ff9b::c000:201"})
    void allows_anywhereElse_yes(String target) throws Exception {
        assertThat(rule(CAMERA).allows(InetAddress.getByName(target))).isTrue();
        assertThat(rule("127.0.0.1").allows(InetAddress.getByName(target))).isTrue();
        assertThat(rule("127.0.0.1").allowsNumber(target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ::1, true",
        "::1, 127.0.0.9, true",
        "127.0.0.1, 169.254.1.1, false",
        "169.254.1.1, 169.254.1.2, true",
        "fe80::1, 169.254.1.2, true",
        "169.254.1.1, 127.0.0.1, false",
        "224.0.0.1, 224.0.0.1, false",
        "0.0.0.0, 127.0.0.1, true",
        "127.0.0.1, 168.63.129.16, false",
        "168.63.129.16, 100.100.100.200, true"
    })
    void allows_whereTheSourceIsItself(String home, String target, boolean expected) throws Exception {
        assertThat(rule(home).allows(InetAddress.getByName(target))).isEqualTo(expected);
    }

    @Test
    void allowsNumber_names_areNotLookedUp() throws Exception {
        assertThat(rule("127.0.0.1").allowsNumber("localhost")).isFalse();
        assertThat(rule(CAMERA).allowsNumber("camera.example")).isFalse();
    }

    @Test
    void allowed_nameThatLeadsToLoopback_saysWhatIsWrong() throws Exception {
        assertThat(EgressRule.allowed("localhost", Optional.empty())).isNotEmpty();
        assertThatThrownBy(() -> EgressRule.allowed("localhost", Optional.of(rule(CAMERA))))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it leads to .*, this computer's own loopback: only a source that is there itself"
                        + " may do that");
    }

    private static EgressRule rule(String home) throws Exception {
        return EgressRule.ofServerAt(InetAddress.getByName(home));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.1",
                "2130706433",
                "0",
                "[::1]",
                "::ffff:7f00:1",
                "0.0.0.0",
                "169.254.169.254",
                "100.100.100.200"
            })
    void allowed_checkedSourceNearThisComputer_isRefusedWithTheReason(String host) {
        EgressRule rule = EgressRule.checked(EgressSettings.DEFAULTS);

        assertThatThrownBy(() -> EgressRule.allowed(host, Optional.of(rule)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("where the API may not send a source")
                .hasMessageContaining("egress: allowed");
    }

    @Test
    void allowed_checkedSourceAtTheComputersOwnAddress_isRefused() throws Exception {
        EgressRule rule = EgressRule.checked(EgressSettings.DEFAULTS);

        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress own : Collections.list(each.getInetAddresses())) {
                assertThat(rule.allows(own)).as(own.toString()).isFalse();
            }
        }
    }

    @Test
    void allowed_checkedSourceOfTheList_isAllowedAndLeadsNowhereElse() throws Exception {
        EgressRule rule = EgressRule.checked(new EgressSettings(List.of("127.0.0.0/30", "cam.test"), "."));
        InetAddress here = InetAddress.getByName("127.0.0.1");

        assertThat(EgressRule.allowed("127.0.0.1", Optional.of(rule))).containsExactly(here);
        assertThat(rule.allows(InetAddress.getByName("64:ff9b::7f00:1"))).isTrue();
        assertThat(rule.at(here).allows(InetAddress.getByName("127.0.0.9"))).isFalse();
        assertThat(rule.at(here).allows(InetAddress.getByName("169.254.169.254")))
                .isFalse();
    }

    @Test
    void allowed_nameOnTheList_isAllowedWhereverItIs() throws Exception {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        EgressRule rule = EgressRule.checked(new EgressSettings(List.of("Cam.test"), "."), host -> List.of(here));

        assertThat(EgressRule.allowed("cam.TEST.", Optional.of(rule))).containsExactly(here);
        assertThatThrownBy(() -> EgressRule.allowed("other.test", Optional.of(rule)))
                .hasMessageContaining("loopback");
    }

    @Test
    void allowed_nameWithSeveralAddresses_keepsThoseThatAreAllowed() throws Exception {
        InetAddress elsewhere = InetAddress.getByName(CAMERA);
        EgressRule rule = EgressRule.checked(
                EgressSettings.DEFAULTS,
                host -> List.of(InetAddress.getByName("127.0.0.1"), elsewhere, InetAddress.getByName("::1")));

        assertThat(EgressRule.allowed("cam.test", Optional.of(rule))).containsExactly(elsewhere);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/x, false",
        "http://[::1]/x, false",
        "rtsp://Sub.localhost/x, false",
        "http://localhost./x, false",
        "rtsp://169.254.169.254/x, false",
        "http://me:pw@0.0.0.0:8080/x, false",
        "http://192.168.1.9/x, true",
        "http://camera.example/x, true"
    })
    void requireHost_numbersAndLocalhost_areJudgedAtOnce(String address, boolean allowed) {
        EgressRule rule = EgressRule.checked(EgressSettings.DEFAULTS);
        NetworkAddress server = NetworkAddress.of(address, "");

        if (allowed) {
            rule.requireHost(server);
        } else {
            assertThatThrownBy(() -> rule.requireHost(server))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the API may not")
                    .hasMessageNotContaining("pw@");
        }
    }

    @Test
    void requireFile_outsideOfTheFolder_isRefused_alsoThroughALink(@TempDir Path temp) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("clips"));
        Files.createFile(temp.resolve("other.mp4"));
        Files.createFile(folder.resolve("in.mp4"));
        Files.createSymbolicLink(folder.resolve("link.mp4"), temp.resolve("other.mp4"));
        EgressRule rule = EgressRule.checked(new EgressSettings(List.of(), "clips"));

        rule.requireFile(folder.resolve("in.mp4"), temp);
        rule.requireFile(folder.resolve("absent.mp4"), temp);
        for (String out :
                List.of("clips/../other.mp4", "clips/link.mp4", "clips/none/../../other.mp4", "/etc/passwd")) {
            assertThatThrownBy(() -> rule.requireFile(temp.resolve(out), temp))
                    .as(out)
                    .hasMessageContaining("egress: files");
        }
        EgressRule none = EgressRule.checked(new EgressSettings(List.of(), "none"));
        assertThatThrownBy(() -> none.requireFile(folder.resolve("in.mp4"), temp))
                .hasMessageContaining("no files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "1.2.3", "::1/129", "http://x", "a b", ""})
    void settings_neitherHostNorNetwork_isRefused(String written) {
        assertThatThrownBy(() -> new EgressSettings(List.of(written), "."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("egress: allowed takes");
    }
}
