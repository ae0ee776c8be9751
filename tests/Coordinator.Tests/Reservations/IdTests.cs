using Coordinator.Grains;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Coordinator.Tests.Reservations;

public sealed class IdTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void No_id_is_blank(string text)
    {
        Assert.Throws<ArgumentException>(() => new HolderId(text));
        Assert.Throws<ArgumentException>(() => new OwnerToken(text));
        Assert.Throws<ArgumentException>(() => new SiloId(text));
        Assert.Equal((default, default, default), (HolderId.Read(text), OwnerToken.Read(text), SiloId.Read(text)));
        Assert.True(SiloId.Read(text).IsNone);
    }

    [Fact]
    public void Ids_are_their_text()
    {
        Assert.Equal("a/1", new HolderId("a/1").ToString());
        Assert.Equal("silo1x4711", new OwnerToken("silo1x4711").ToString());
        Assert.Equal("S127.0.0.1:11111:1", new SiloId("S127.0.0.1:11111:1").ToString());
        Assert.Equal(new HolderId("a"), HolderId.Read("a"));
        Assert.NotEqual(new HolderId("a"), default);
    }

    [Fact]
    public void They_reach_another_silo_with_a_request_and_come_back_with_its_answer()
    {
        using var services = new ServiceCollection()
            .AddSerializer(static builder => builder.AddAssembly(typeof(ReserveRequest).Assembly))
            .BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var request = new ReserveRequest
        {
            Id = Some.Id(1),
            Mode = ReservationMode.Shared,
            Lease = TimeSpan.FromSeconds(60),
            Holder = new("t/0"),
            Silo = new("S1"),
        };
        Assert.Equal(request, serializer.Deserialize<ReserveRequest>(serializer.SerializeToArray(request)));
        Assert.Equal(default, serializer.Deserialize<ReserveRequest>(serializer.SerializeToArray(request with { Silo = default }))!.Silo);
        var response = new ReserveResponse(true, new OwnerToken("a"));
        Assert.Equal(response, serializer.Deserialize<ReserveResponse>(serializer.SerializeToArray(response)));
    }
}
