package dev.sightline.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sightline.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PasswordCheckTest {
    @Test
    void check_manyAtOnce_twoAreCheckedFewWaitAndTheRestIsRefused() {
        List<CompletionStage<Boolean>> checked = new ArrayList<>();
        int refused = 0;
        try (PasswordCheck check = new PasswordCheck()) {
            for (int i = 0; i < 200; i++) {
                try {
                    checked.add(check.check("wrong horse", Optional.empty()));
                } catch (RefusedException e) {
                    assertThat(e.status()).isEqualTo(503);
                    refused++;
                }
            }
            assertThat(refused).isPositive();
            assertThat(checked).hasSizeGreaterThanOrEqualTo(PasswordCheck.MOST_AT_ONCE + PasswordCheck.MOST_WAITING);
            assertThat(checked)
                    .allSatisfy(each ->
                            assertThat(each.toCompletableFuture().join()).isFalse());
        }
    }

    @Test
    void check_hashOfTheConfiguration_mustBeOneAndNotTakeTooMuch() {
        Passwords.check(Passwords.hash("correct horse"));
        for (String wrong : List.of("secret", "$2b$12$abc", "$argon2id$v=19$m=4194304,t=2,p=1$AAAA$AAAA")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Passwords.check(wrong));
        }
    }
}
