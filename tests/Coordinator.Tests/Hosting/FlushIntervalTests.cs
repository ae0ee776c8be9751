using Coordinator.Grains;
using Coordinator.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Coordinator.Tests.Hosting;

public sealed class FlushIntervalTests
{
    [Theory]
    [InlineData("DuckDb", null, 0)]
    [InlineData("Postgres", null, 0)]
    [InlineData("Redshift", null, 2)]
    [InlineData("Redshift", "00:00:00", 0)]
    [InlineData("Redshift", "00:00:05", 5)]
    [InlineData("Postgres", "00:00:05", 5)]
    public void Redshifts_commits_are_spaced_unless_settings_say_otherwise(string provider, string? setting, int seconds)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Coordinator:Warehouse:Provider"] = provider,
            ["Coordinator:Warehouse:ConnectionString"] = provider == "DuckDb" ? ":memory:" : "Host=nowhere",
            ["Coordinator:Grains:Queue:MaxBatchRows"] = "7",
        });
        if (setting is not null) builder.Configuration["Coordinator:Grains:Queue:FlushInterval"] = setting;
        builder.UseOrleans(silo => silo.AddCoordinator(builder.Configuration));
        using var host = builder.Build();
        var queue = host.Services.GetRequiredService<IOptions<GrainsOptions>>().Value.Queue;
        Assert.Equal((TimeSpan.FromSeconds(seconds), 7), (queue.FlushInterval, queue.MaxBatchRows));
    }
}
