package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.WorkNote;
import dev.sightline.worker.WorkNotes;
import java.util.List;
import java.util.Optional;

/** A mirror's sessions in this process. What one of them does wrong is noted as the mirror's: a sender comes back as another. */
record LocalSessions(String mirror, WorkNotes notes) implements SenderSessions {

    @Override
    public Production production(Outlet outlet, PipelineRecipe wanted, List<String> chosen) {
        return new LocalProduction(
                outlet,
                target -> PublisherIntake.ofSession(target, wanted),
                Pipeline.of(List.of()),
                false,
                new OfMirror(mirror, notes));
    }

    @Override
    public void attempt(PipelineRecipe recipe) {
        recipe.create(mirror).close();
    }

    @Override
    public Optional<StreamStatus.InWorker> place() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // There is nothing but the sessions.
    }

    private record OfMirror(String mirror, WorkNotes notes) implements WorkNotes {
        @Override
        public WorkNote note(String session) {
            return notes.note(mirror);
        }

        @Override
        public WorkNote waiting(String session) {
            return notes.waiting(mirror);
        }
    }
}
