using System.Text.Json;
using Coordinator.TestServers;

namespace Coordinator.IntegrationTests.Laboratory;

/// <summary>Seconds of a soak: values are right and every process is sampled. Whether anything grows takes the command half an hour.</summary>
public sealed class SoakTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Coordinator.Laboratory.dll");

    [Fact]
    public async Task Everyday_events_leave_every_word_true_and_every_process_is_sampled()
    {
        await using var laboratory = ChildProcess.Start("dotnet", [Program, "soak", "--minutes", "0.1", "--tables", "3", "--cpu", "20", "--json"]);
        await laboratory.WaitForExitAsync(TimeSpan.FromMinutes(5));
        using var json = JsonDocument.Parse(laboratory.StandardOutput);
        var report = json.RootElement;
        Assert.True(report.GetProperty("findings").GetArrayLength() == 0, laboratory.Output);
        Assert.True(report.GetProperty("callers").GetProperty("acknowledged").GetInt64() > 0, laboratory.Output);
        var sampled = report.GetProperty("figures").EnumerateArray()
            .Where(static f => f.GetProperty("measure").GetString() == "threads" && f.GetProperty("trend").GetProperty("samples").GetInt32() > 0)
            .Select(static f => f.GetProperty("process").GetString()!);
        Assert.Equal(["PostgreSQL", "callers", "client-host", "memcached", "silo1", "silo2"], sampled.Order(StringComparer.Ordinal));
    }
}
