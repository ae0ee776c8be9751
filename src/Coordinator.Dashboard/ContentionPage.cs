using Coordinator.Dashboard.Layout;
using Coordinator.Dashboard.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace Coordinator.Dashboard;

/// <summary>The operators' page at <c>/contention</c>, which shows the figures of <see cref="Contention.IContentionReader"/>.</summary>
public static class ContentionPage
{
    /// <summary>The path of the page.</summary>
    public const string Path = "/contention";

    /// <summary>Adds the services of the page, except the reader.</summary>
    public static void AddContentionPage(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // Until the host is published, scripts and styles are in packages. The default loads them only in the Development environment.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddScoped<AntiforgeryStateProvider, NoForms>();
        // The keys protect data between a circuit and its browser. Neither outlives the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddMudServices();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SharedReader>();
        builder.Services.AddScoped<Refresher>();
    }

    /// <summary>Maps the page, its scripts and styles, and redirects <c>/</c> to it.</summary>
    public static void MapContentionPage(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        // The page has no forms, so there is no token to check. App sets the policy for frames.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static o => o.ContentSecurityFrameAncestorsPolicy = null)
            .DisableAntiforgery();
        app.MapGet("/", static () => Results.Redirect(Path));
    }
}
