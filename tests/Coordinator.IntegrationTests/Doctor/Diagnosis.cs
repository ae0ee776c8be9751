using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Doctor;

/// <summary>The answer of <c>doctor --json</c>.</summary>
internal sealed record Diagnosis(int ExitCode, JsonElement Answer, string Text)
{
    /// <summary>The checks by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Checks =>
        Answer.GetProperty("checks").EnumerateArray().ToDictionary(static check => check.GetProperty("name").GetString()!);

    public static Diagnosis Of(ClientHostResult result)
    {
        Assert.True(result.StandardOutput.StartsWith('{'), result.StandardError + result.StandardOutput);
        return new Diagnosis(result.ExitCode, JsonDocument.Parse(result.StandardOutput).RootElement, result.StandardError);
    }

    public static string Status(JsonElement check) => check.GetProperty("status").GetString()!;

    /// <summary>The names of the checks with a status.</summary>
    public IReadOnlyList<string> With(string status) =>
        [.. Checks.Where(pair => Status(pair.Value) == status).Select(static pair => pair.Key)];

    /// <summary>Fails unless all checks are well.</summary>
    public void AssertWell() => Assert.True(ExitCode == 0 && Checks.Values.All(static check => Status(check) == "ok"), Text + Answer);

    /// <summary>Fails unless one check alone has a finding, with its cause and what to do, and others are at most skipped because of it.</summary>
    public void AssertFinding(string name, string status, string cause, string advice)
    {
        Assert.True(Checks.TryGetValue(name, out var check), Text);
        Assert.True(Status(check) == status, $"{name} is not {status}:\n{Text}");
        Assert.Contains(cause, check.GetProperty("seen").GetString(), StringComparison.Ordinal);
        Assert.Contains(advice, string.Join('\n', check.GetProperty("advice").EnumerateArray()), StringComparison.Ordinal);
        var affected = Checks.Where(pair => pair.Key != name && Status(pair.Value) is not "ok")
            .Where(pair => Status(pair.Value) != "skipped" || pair.Value.GetProperty("seen").GetString() != $"because '{name}' failed")
            .Select(static pair => pair.Key);
        Assert.Empty(affected);
        Assert.Equal(status == "failed" ? 1 : 0, ExitCode);
        Assert.Equal(status != "failed", Answer.GetProperty("ok").GetBoolean());
        Assert.DoesNotContain("sesame", Text + Answer, StringComparison.Ordinal);
    }
}
