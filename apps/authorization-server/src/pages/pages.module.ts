import { Module } from '@nestjs/common';
import { BrowserBinding } from './http/browser-binding.service.js';
import { PageErrors } from './http/page-errors.service.js';
import { Pages } from './http/pages.service.js';
import { StyleRoutes } from './style/style.routes.js';

/** What every page for people needs. */
@Module({
  providers: [Pages, PageErrors, BrowserBinding, StyleRoutes],
  exports: [Pages, PageErrors, BrowserBinding],
})
export class PagesModule {}
