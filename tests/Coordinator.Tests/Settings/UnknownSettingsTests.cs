using Coordinator.ClientHost.Settings;
using Coordinator.Hosting;
using Coordinator.Settings;
using Microsoft.Extensions.Configuration;

namespace Coordinator.Tests.Settings;

/// <summary>A key that no room has never starts a host that does something else.</summary>
public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Warehouse:Providr", " Did you mean Coordinator:Warehouse:Provider?")]
    [InlineData("Memcached:Server", " Did you mean Coordinator:Locking:Memcached:Servers?")]
    [InlineData("Locking:Memcached:Server", " Did you mean Coordinator:Locking:Memcached:Servers?")]
    [InlineData("Lockin:Ttl", " Did you mean Coordinator:Locking:Ttl?")]
    [InlineData("Provider", " Did you mean Coordinator:Clustering:Provider or Coordinator:Warehouse:Provider or Coordinator:Locking:Provider?")]
    [InlineData("Grains:Queue:MaxBatchRow", " Did you mean Coordinator:Grains:Queue:MaxBatchRows?")]
    [InlineData("Grains:MaxBatchRows", " Did you mean Coordinator:Grains:Queue:MaxBatchRows?")]
    [InlineData("Silo:Name:First", "")]
    [InlineData("Warehouse:Postgres:ConnectionString", " Did you mean Coordinator:Warehouse:ConnectionString?")]
    [InlineData("Grains:Reservations:RenewalPeriod", "")]
    [InlineData("SomethingElseAltogether", "")]
    public void An_unknown_key_is_named_with_the_nearest_known_one(string key, string hint)
    {
        var reader = Reader(("Coordinator:" + key, "1"));
        SiloSettings.Read(reader);
        var mistake = Assert.Single(reader.Mistakes, static m => m.Contains(" is no setting.", StringComparison.Ordinal));
        Assert.StartsWith($"Coordinator:{key} ", mistake, StringComparison.Ordinal);
        Assert.EndsWith(hint.Length > 0 ? hint : ".", mistake, StringComparison.Ordinal);

        var client = Reader(("Coordinator:" + key, "1"));
        ClientSettings.Check(client);
        Assert.StartsWith($"Coordinator:{key} is no setting.", Assert.Single(client.Mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Coordinator:Warehouse:Providr", null)]
    [InlineData("urls", null)]
    [InlineData("Logging:LogLevel:Default", null)]
    [InlineData("Coordinatr:Warehouse:Provider", "Coordinatr:Warehouse:Provider is no setting. Did you mean Coordinator:Warehouse:Provider?")]
    [InlineData("Warehouse:Provider", "Warehouse:Provider is no setting. Did you mean Coordinator:Warehouse:Provider?")]
    public void The_first_name_of_a_key_on_the_command_line_is_one_that_a_host_reads(string key, string? mistake) =>
        Assert.Equal(mistake, SettingRoots.Mistake(key));

    [Fact]
    public void A_section_that_is_nearly_the_coordinators_is_named()
    {
        var reader = Reader(("Coordinatr:Warehouse:Provider", "Postgres"), ("Cordinator", "a variable, not a section"));
        SiloSettings.Read(reader);
        Assert.Equal(["Coordinatr is no section of settings. Did you mean Coordinator?"], reader.Mistakes);
    }

    [Fact]
    public void A_key_in_the_environment_is_judged_like_any_other()
    {
        Environment.SetEnvironmentVariable("UNKNOWNSETTINGSTESTS_Coordinator__Warehouse__Providr", "Postgres");
        try
        {
            var reader = new SettingsReader(new ConfigurationBuilder().AddEnvironmentVariables("UNKNOWNSETTINGSTESTS_").Build());
            SiloSettings.Read(reader);
            Assert.Equal(["Coordinator:Warehouse:Providr is no setting. Did you mean Coordinator:Warehouse:Provider?"], reader.Mistakes);
        }
        finally
        {
            Environment.SetEnvironmentVariable("UNKNOWNSETTINGSTESTS_Coordinator__Warehouse__Providr", null);
        }
    }

    [Fact]
    public void One_file_may_hold_the_settings_of_both_hosts()
    {
        (string, string?)[] settings =
        [
            ("Coordinator:Silo:Name", "a"), ("Coordinator:Silo:PrimaryPort", "11111"), ("coordinator:LOCKING:ttl", "00:00:20"),
            ("Coordinator:Warehouse:DuckDb:MaxConnections", "3"), ("Coordinator:Clustering:ServiceId", "s"),
            ("Coordinator:Http:RowsTimeout", "00:00:10"), ("Coordinator:Client:Timeout", "00:01:00"),
            ("Coordinator:Jobs:nightly:Sql", "select 1"), ("Coordinator:Jobs:nightly:Parameters:p", "1"),
        ];
        var silo = Reader(settings);
        var client = Reader(settings);
        var keysAlone = Reader(settings);
        Assert.Equal(TimeSpan.FromSeconds(20), SiloSettings.Read(silo).Locking.Ttl);
        ClientSettings.Check(client);
        // A command that reads no cluster, such as audit, shares the file too.
        ClientSettings.CheckKeys(keysAlone);
        Assert.Empty(keysAlone.Mistakes);
        Assert.Empty(silo.Mistakes);
        Assert.Empty(client.Mistakes);
    }

    private static SettingsReader Reader(params (string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build());
}
