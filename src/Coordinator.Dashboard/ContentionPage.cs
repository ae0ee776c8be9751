using Coordinator.Dashboard.Layout;
using Coordinator.Dashboard.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Coordinator.Dashboard;

/// <summary>The operators' page at <c>/contention</c>: it shows what <see cref="Contention.IContentionReader"/> reads.</summary>
public static class ContentionPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/contention";

    /// <summary>Adds what the page needs, besides the reader.</summary>
    public static IServiceCollection AddContentionPage(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SharedReader>();
        services.AddScoped<Refresher>();
        return services;
    }

    /// <summary>Maps the page, its scripts and styles, and sends <c>/</c> to it.</summary>
    public static void MapContentionPage(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        // Nothing on the page is a form, so there is no token to check. App sets the policy of who may frame it.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static o => o.ContentSecurityFrameAncestorsPolicy = null)
            .DisableAntiforgery();
        app.MapGet("/", static () => Results.Redirect(Path));
    }
}
