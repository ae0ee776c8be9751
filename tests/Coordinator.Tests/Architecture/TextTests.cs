using Coordinator.TestServers;

namespace Coordinator.Tests.Architecture;

public sealed class TextTests
{
    [Fact]
    public async Task Comments_and_documents_use_plain_words() =>
        await ChildProcess.RunAsync("bash", [Path.Combine(HostProgram.Root().FullName, "tests", "words")]);
}
